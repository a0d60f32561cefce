import { type DestinationStream, pino } from 'pino';

export interface LogOutput extends DestinationStream {
  flushSync(): void;
}

/** More lines than these do not wait for the end of the turn. */
const maxWaiting = 100;
const warnLevel = 40;
let output: LogOutput | undefined;

/**
 * Standard output. All lines of one turn of the event loop are written at once, which of many small requests saves half of what their lines cost; a warning or
 * an error at once, with what is before it: it may tell why the process ends. What waits when the process exits is written before.
 */
export function standardOutput(): LogOutput {
  output ??= createOutput();
  return output;
}

function createOutput(): LogOutput {
  // Written by this thread, in order: another one's last lines would be lost when the process ends.
  const stream = pino.destination({ fd: 1, sync: true });
  let waiting: string[] = [];
  function flush(): void {
    if (waiting.length === 0) return;
    const lines = waiting.join('');
    waiting = [];
    stream.write(lines);
  }
  const own = {
    // pino then tells the level of each line.
    [Symbol.for('pino.metadata')]: true,
    lastLevel: 0,
    write(line: string) {
      if (waiting.push(line) === 1) setImmediate(flush);
      if (own.lastLevel >= warnLevel || waiting.length >= maxWaiting) flush();
    },
    flushSync: flush,
  };
  process.on('exit', flush);
  return own;
}
