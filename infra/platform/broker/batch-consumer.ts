import type { MessageOf, MessageType } from '@comptoir/schema/messages.ts';
import type { Service } from '../service.ts';
import type { ConsumerConfig, ConsumerDeps, Message } from './consumer.ts';

/** What became of one message of a batch. */
export type BatchOutcome = 'ok' | Error;

/**
 * Like createConsumer, many messages at a time: up to `maxBatch`, or what came within `maxWaitMs` after the first. `handle` answers for each message in
 * order; where it throws, the messages are handled again one by one, so that a bad one does not take the others with it.
 */
export function createBatchConsumer<Type extends MessageType>(
  _config: Omit<ConsumerConfig<Type>, 'prefetch'> & {
    /** Twice `maxBatch` by default. */
    readonly prefetch?: number;
    readonly maxBatch: number;
    readonly maxWaitMs: number;
    readonly handle: (messages: readonly Message<MessageOf<Type>>[], context: { signal: AbortSignal }) => Promise<readonly BatchOutcome[]>;
  },
  _deps: ConsumerDeps,
): Service {
  throw new Error('createBatchConsumer is not written yet');
}
