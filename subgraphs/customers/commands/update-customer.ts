import { recordAudit } from '@comptoir/platform/audit.ts';
import type { Database } from '@comptoir/platform/database.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import { parseId } from '@comptoir/platform/text.ts';
import { violatedUnique } from '@comptoir/platform/violated-constraint.ts';
import { type CustomerColumns, type CustomerInput, readCustomerInput } from '../domain/customer.ts';
import { customerEvent } from '../messages/outgoing.ts';
import { type CustomerState, emailConstraint, lockCustomer, updateCustomer as write } from '../store/customers.ts';
import type { Caller } from './create-customer.ts';

export interface UpdateCustomer extends CustomerInput {
  readonly expectedVersion?: number | null;
}

export type UpdateCustomerOutcome =
  | { readonly kind: 'updated'; readonly id: number }
  | { readonly kind: 'stale'; readonly version: number }
  | { readonly kind: 'taken' }
  | { readonly kind: 'missing' };

/** Changes what is given of a customer; what differs in nothing counts no version up and is not told of. Errors: BAD_USER_INPUT with every fault. */
export async function updateCustomer(
  database: Database,
  { id, input, caller }: { id: string; input: UpdateCustomer; caller: Caller },
): Promise<UpdateCustomerOutcome> {
  const { columns, faults } = readCustomerInput(input);
  if (faults.length > 0) throw badUserInput(faults);
  const customerId = parseId(id);
  if (customerId === null) return { kind: 'missing' };
  const { expectedVersion = null } = input;
  try {
    return await database.transaction(async (em) => {
      const before = await lockCustomer(em, customerId);
      if (!before) return { kind: 'missing' };
      if (expectedVersion !== null && before.version !== expectedVersion) return { kind: 'stale', version: before.version };
      const changed = differences(before, columns);
      if (Object.keys(changed).length > 0) {
        await appendToOutbox(em, [customerEvent('client.updated', await write(em, customerId, changed))]);
        await recordAudit(em, {
          actor: caller,
          action: 'customer.updated',
          entityType: 'customer',
          entityId: customerId,
          summary: `Customer ${customerId} was changed`,
          // Not the values: the log outlives the deletion of a customer, who is then to be known nowhere.
          changes: Object.keys(changed).map((field) => ({ field })),
        });
      }
      return { kind: 'updated', id: customerId };
    });
  } catch (error) {
    if (violatedUnique(error) === emailConstraint) return { kind: 'taken' };
    throw error;
  }
}

function differences(before: CustomerState, columns: CustomerColumns): CustomerColumns {
  const { lastName, firstName, email, phone, active } = before;
  const now: Required<CustomerColumns> = { last_name: lastName, first_name: firstName, email, phone, active };
  return Object.fromEntries(Object.entries(columns).filter(([name, value]) => now[name as keyof CustomerColumns] !== value));
}
