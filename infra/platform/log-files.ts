import type { DestinationStream } from 'pino';
import { createLogFile, type LogFileConfig, type LogFileDeps } from './log-file.ts';

/** The event of a line of business: what was changed, by whom. See business-log.ts. */
export const businessEvent = 'business';
/** The event of a request that was answered. See http-metrics.ts. */
const requestEvent = 'http_request';
/** The event of an operation over a WebSocket. See gateway/transports/operation-log.ts. */
export const operationEvent = 'websocket_operation';
const errorLevel = 50;

export interface LogFiles extends DestinationStream {
  close(): void;
}

/**
 * The lines of a log by what they tell: `api_…log` has every request, and every operation over a WebSocket, with its time, `business_…log` what was changed, `errors_…log` what went wrong with its stack.
 * Each line is the one of standard output, and says by `service` and `pid` whose it is: all processes share the files.
 */
export function createLogFiles(config: Omit<LogFileConfig, 'name'>, deps: LogFileDeps): LogFiles {
  const api = createLogFile({ ...config, name: 'api' }, deps);
  const business = createLogFile({ ...config, name: 'business' }, deps);
  // The line that tells why a process ended must not wait for others.
  const errors = createLogFile({ ...config, name: 'errors', delayMs: 0 }, deps);
  return {
    // pino then tells with each line what it was made of.
    [Symbol.for('pino.metadata')]: true,
    lastLevel: 0,
    lastObj: null,
    write(this: { lastLevel: number; lastObj: { event?: unknown } | null }, line: string) {
      const event = this.lastObj?.event;
      if (event === requestEvent || event === operationEvent) api.write(line);
      else if (event === businessEvent) business.write(line);
      if (this.lastLevel >= errorLevel) errors.write(line);
    },
    close() {
      for (const file of [api, business, errors]) file.close();
    },
  } as LogFiles;
}
