import type { BrokerLink } from '../broker/link.ts';
import { eventMessage } from '../outbox.ts';

/** Events are read from the log without a broker: the relay gives positions while there is none. */
export const noBroker = { state: () => 'connecting', onState: () => () => undefined } as unknown as BrokerLink;

/** An event to be told apart by its id. */
export const calculated = (id: string, workerId = 'w') =>
  eventMessage(
    'calcul.completed',
    { type: 'task', id },
    {
      result_id: id,
      request_id: id,
      n1: 1,
      n2: 2,
      operation: 'add',
      result: '3',
      source: 'web',
      worker_id: workerId,
      processing_time: 0,
      completed_at: new Date().toISOString(),
    },
  );
