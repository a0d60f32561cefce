import type { IncomingMessage } from 'node:http';
import { symbols } from 'pino';
import type { Log } from './log.ts';
import { redactSecrets } from './redact.ts';

const about = Symbol('request');
const written = symbols.chindingsSym as unknown as symbol;

const wordsOf = (log: Log) => (log as unknown as Record<symbol, string>)[written];

interface RequestLog {
  [about]: IncomingMessage;
}

/**
 * Children of the log whose lines carry what `fieldsOf` tells of a request. As most requests write no line that is wanted, the fields are put into words
 * with the first one: a child as pino makes it costs more than the rest of a small answer.
 */
export function createRequestLogs(log: Log, fieldsOf: (raw: IncomingMessage) => object): (raw: IncomingMessage) => Log {
  const prototype = Object.create(log, {
    [written]: {
      get(this: RequestLog) {
        const words = `${wordsOf(log)},${JSON.stringify(redactSecrets(fieldsOf(this[about]))).slice(1, -1)}`;
        Object.defineProperty(this, written, { value: words, writable: true, configurable: true });
        return words;
      },
      // A child of the child has its own.
      set(this: object, words: unknown) {
        Object.defineProperty(this, written, { value: words, writable: true, configurable: true });
      },
    },
  }) as object;
  return (raw) => {
    const child = Object.create(prototype) as RequestLog;
    child[about] = raw;
    return child as unknown as Log;
  };
}
