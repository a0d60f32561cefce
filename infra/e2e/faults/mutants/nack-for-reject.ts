import type { SourceChange } from '../changes/source-change.ts';

/** From RabbitMQ 4.3 on nack does not count towards a delivery limit: a message that kills its consumer comes again for ever. */
export const changes: readonly SourceChange[] = [
  {
    module: 'infra/platform/broker/consumption.ts',
    text: 'open.reject(message, requeue)',
    replacement: 'open.nack(message, false, requeue)',
  },
];
