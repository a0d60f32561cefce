import { recordAudit } from '@comptoir/platform/audit.ts';
import type { Database } from '@comptoir/platform/database.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import { once } from '@comptoir/platform/idempotency.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import type { Principal } from '@comptoir/platform/principal.ts';
import { idempotencyKeyFaults } from '@comptoir/platform/text.ts';
import { violatedUnique } from '@comptoir/platform/violated-constraint.ts';
import { type CustomerInput, readCustomerInput } from '../domain/customer.ts';
import { customerEvent } from '../messages/outgoing.ts';
import { emailConstraint, insertCustomer } from '../store/customers.ts';

/** Who asks. */
export type Caller = Pick<Principal, 'consumerId' | 'name'>;

export interface CreateCustomer extends CustomerInput {
  readonly lastName: string;
  readonly firstName: string;
  readonly email: string;
}

export type CreateCustomerOutcome = { readonly kind: 'created'; readonly id: number } | { readonly kind: 'taken' };

/** Creates a customer. Errors: BAD_USER_INPUT with every fault; IDEMPOTENCY_CONFLICT. */
export async function createCustomer(
  database: Database,
  { input, idempotencyKey, caller }: { input: CreateCustomer; idempotencyKey?: string | null; caller: Caller },
): Promise<CreateCustomerOutcome> {
  const { columns, faults } = readCustomerInput(input);
  faults.push(...idempotencyKeyFaults(idempotencyKey));
  if (faults.length > 0) throw badUserInput(faults);
  const request = { principal: caller.consumerId, operation: 'createCustomer', key: idempotencyKey, input: columns };
  try {
    return await database.transaction((em) =>
      once(em, request, async () => {
        const customer = await insertCustomer(em, columns);
        await appendToOutbox(em, [customerEvent('client.created', customer)]);
        // Not who it is: the log outlives the deletion of a customer, who is then to be known nowhere.
        await recordAudit(em, {
          actor: caller,
          action: 'customer.created',
          entityType: 'customer',
          entityId: customer.id,
          summary: `Customer ${customer.id} was created`,
        });
        return { kind: 'created', id: customer.id };
      }),
    );
  } catch (error) {
    if (violatedUnique(error) === emailConstraint) return { kind: 'taken' };
    throw error;
  }
}
