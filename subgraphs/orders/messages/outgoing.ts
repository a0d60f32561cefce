import { toDecimalNumber } from '@comptoir/platform/money.ts';
import { eventMessage, type OutboxMessage } from '@comptoir/platform/outbox.ts';
import type { MessageOf } from '@comptoir/schema/messages.ts';
import { sagaReplyQueue, sagaStartQueue } from '@comptoir/schema/topology.ts';
import { statutOf } from '../domain/order-status.ts';
import type { Answer } from '../domain/saga-answer.ts';
import type { OrderState } from '../store/orders.ts';

const aggregate = ({ id, version }: OrderState) => ({ type: 'order', id: String(id), version });

export function orderCreated(order: OrderState): OutboxMessage {
  const { id, customerId, totalMinor, currency, sagaId } = order;
  return eventMessage('commande.created', aggregate(order), {
    commande_id: id,
    data: {
      client_id: customerId,
      total: toDecimalNumber(totalMinor, currency),
      total_minor: totalMinor.toString(),
      ...(sagaId !== null && { saga_id: sagaId }),
    },
  });
}

export const orderUpdated = (order: OrderState): OutboxMessage =>
  eventMessage('commande.updated', aggregate(order), { commande_id: order.id, statut: statutOf(order), client_id: order.customerId });

export const orderDeleted = (order: OrderState): OutboxMessage =>
  eventMessage('commande.deleted', aggregate(order), { commande_id: order.id, statut: statutOf(order) });

/** Promises a saga under an id of our choice: however often this arrives, it starts once. */
export function sagaStart(sagaId: string, definition: MessageOf<'saga.start'>['definition'], data: object): OutboxMessage {
  return {
    exchange: '',
    routingKey: sagaStartQueue,
    mandatory: true,
    type: 'saga.start',
    messageId: `${sagaId}.start`,
    correlationId: sagaId,
    aggregate: { type: 'saga', id: sagaId },
    payload: { saga_id: sagaId, definition, data },
  };
}

/** A command of a saga, as far as its reply repeats it. */
export interface SagaCommand {
  readonly saga_id: string;
  readonly command_id: string;
  readonly step: string;
  readonly direction: 'FORWARD' | 'COMPENSATION';
}

/**
 * The same message however often it is sent: its id follows from the command's. Each command is an aggregate of its own for the relay, so that a reply that
 * finds no queue holds no other back.
 */
export function replyMessage({ saga_id, command_id, step, direction }: SagaCommand, answer: Answer): OutboxMessage {
  return {
    exchange: '',
    routingKey: sagaReplyQueue,
    mandatory: true,
    type: 'saga.reply',
    messageId: `${command_id}.reply`,
    correlationId: saga_id,
    aggregate: { type: 'saga_reply', id: command_id },
    payload: { saga_id, command_id, step, direction, ...answer },
  };
}
