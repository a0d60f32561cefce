import type { SourceChange } from '../changes/source-change.ts';

/** The consumer acknowledges a message before it is handled: a process killed at work takes it along. */
export const changes: readonly SourceChange[] = [
  {
    module: 'infra/platform/broker/consumer.ts',
    text: 'await runInTrace(continueTrace(message.headers.traceparent), () => handle(message, { signal }));',
    replacement: 'delivery.ack(); await runInTrace(continueTrace(message.headers.traceparent), () => handle(message, { signal }));',
  },
];
