import type { MessageOf, MessageType } from '@comptoir/schema/messages.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Service } from '../service.ts';
import type { BrokerLink } from './link.ts';

/** A message that was parsed and matches its schema. */
export interface Message<T> {
  readonly body: T;
  /** Null where the sender, a foreign program, gave none. */
  readonly messageId: string | null;
  readonly correlationId: string | null;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly redelivered: boolean;
  /** 1 for the first time, one more for each delayed retry. */
  readonly attempt: number;
  readonly queue: string;
  readonly routingKey: string;
  /** When the sender published it; null where it does not say. */
  readonly timestamp: Date | null;
}

export interface ConsumerConfig<Type extends MessageType> {
  /** Whose dead-letter queue takes what is given up. */
  readonly service: string;
  readonly queue: string;
  readonly type: Type;
  /** Messages handled at once. */
  readonly prefetch: number;
  /** Names of the retry exchanges, the shortest delay first; those of the topology by default. */
  readonly retryDelays?: readonly { readonly name: string; readonly delayMs: number }[];
  /** How long `stop` waits for handlers; 10 s by default. */
  readonly stopTimeoutMs?: number;
}

export interface ConsumerDeps {
  readonly link: BrokerLink;
  readonly log: Log;
  readonly metrics?: Metrics;
  /** Resolves once what the handlers need is back after an outage, e.g. `() => database.ping()`; without it the next try is the probe. */
  readonly probe?: (signal: AbortSignal) => Promise<unknown>;
}

/**
 * Handles the messages of a queue one by one: parse, validate, handle, acknowledge. An outage of what the handler needs pauses the consumer and uses up no
 * attempt; an error whose fate in the catalogue is dead-letter, or an invalid message, is dead-lettered at once; any other is retried after growing delays,
 * then dead-lettered as RETRIES_EXHAUSTED.
 */
export function createConsumer<Type extends MessageType>(
  _config: ConsumerConfig<Type> & {
    readonly handle: (message: Message<MessageOf<Type>>, context: { signal: AbortSignal }) => Promise<void>;
  },
  _deps: ConsumerDeps,
): Service {
  throw new Error('createConsumer is not written yet');
}
