import { eventMessage, type OutboxMessage } from '@comptoir/platform/outbox.ts';
import type { CustomerState } from '../store/customers.ts';

const aggregate = (id: number, version: number) => ({ type: 'customer', id: String(id), version });

/** With the customer as it is. */
export function customerEvent(type: 'client.created' | 'client.updated', customer: CustomerState): OutboxMessage {
  const { id, lastName, firstName, email, phone, active, version } = customer;
  return eventMessage(type, aggregate(id, version), {
    client_id: id,
    data: { id, nom: lastName, prenom: firstName, email, telephone: phone, actif: active, version },
  });
}

/** Whose deletion was asked for is not described once more. */
export function deletedEvent({ id, version }: CustomerState): OutboxMessage {
  return eventMessage('client.deleted', aggregate(id, version + 1), { client_id: id });
}
