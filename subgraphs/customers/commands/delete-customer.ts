import { recordAudit } from '@comptoir/platform/audit.ts';
import type { Database } from '@comptoir/platform/database.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import { parseId } from '@comptoir/platform/text.ts';
import { deletedEvent } from '../messages/outgoing.ts';
import { deleteCustomer as erase, lockCustomer } from '../store/customers.ts';
import type { Caller } from './create-customer.ts';

/** Deletes a customer and all that is known of it here; its id is never given again. Others hear of it by the event. */
export async function deleteCustomer(
  database: Database,
  id: string,
  caller: Caller,
): Promise<{ readonly kind: 'deleted'; readonly id: number } | { readonly kind: 'missing' }> {
  const customerId = parseId(id);
  if (customerId === null) return { kind: 'missing' };
  return database.transaction(async (em) => {
    const customer = await lockCustomer(em, customerId);
    if (!customer) return { kind: 'missing' };
    await erase(em, customerId);
    await appendToOutbox(em, [deletedEvent(customer)]);
    const summary = `Customer ${customerId} was deleted`;
    await recordAudit(em, { actor: caller, action: 'customer.deleted', entityType: 'customer', entityId: customerId, summary });
    return { kind: 'deleted', id: customerId };
  });
}
