import { type DestinationStream, pino } from 'pino';

export interface LogOutput extends DestinationStream {
  flushSync(): void;
}

/** More than this does not wait for the end of the turn. */
const maxWaitingBytes = 16_000;
const warnLevel = 40;

/**
 * Standard output. All lines of one turn of the event loop are written at once, which of many small requests saves half of what their lines cost; a warning or
 * an error at once, with what is before it: it may tell why the process ends. What waits when the process exits is written before.
 */
export function standardOutput(): LogOutput {
  // Written by this thread, in order: another one's last lines would be lost when the process ends.
  const stream = pino.destination({ fd: 1, sync: true, minLength: maxWaitingBytes });
  let isWaiting = false;
  const flush = () => {
    if (isWaiting) stream.flush();
    isWaiting = false;
  };
  const output = {
    // pino then tells the level of each line.
    [Symbol.for('pino.metadata')]: true,
    lastLevel: 0,
    write(line: string) {
      stream.write(line);
      if (!isWaiting) setImmediate(flush);
      isWaiting = true;
      if (output.lastLevel >= warnLevel) flush();
    },
    flushSync: () => stream.flushSync(),
  };
  process.on('exit', () => stream.flushSync());
  return output;
}
