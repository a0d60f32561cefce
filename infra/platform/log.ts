import { createRequire } from 'node:module';
import { type DestinationStream, type Level, type Logger, multistream, pino, stdSerializers, stdTimeFunctions, symbols } from 'pino';
import { createLogFiles } from './log-files.ts';
import { standardOutput } from './log-output.ts';
import { redactSecrets } from './redact.ts';
import { currentTrace } from './trace.ts';

/** Events with fields: `log.info({ event: 'batch_completed', batchId }, 'batch completed')`. A child carries the fields of its request or message. */
export type Log = Logger;

export interface LogConfig {
  service: string;
  /** Default: info. */
  level?: string;
  /** Default: pretty on a terminal, else JSON. */
  format?: 'pretty' | 'json';
  /** Where requests, business and errors are kept in files besides, whatever the level is: see log-files.ts. Default: nowhere. */
  directory?: string | undefined;
}

/** A log on standard output, or to `destination` (tests). What its fields must not tell is replaced, see redact.ts. */
export function createLog({ service, level = 'info', format, directory }: LogConfig, destination?: DestinationStream): Log {
  const terminal = destination === undefined && process.stdout.isTTY === true;
  const pretty = (format ?? (terminal ? 'pretty' : 'json')) === 'pretty';
  const output = pretty ? prettyStream(destination) : (destination ?? standardOutput());
  const log: Log = pino(
    {
      level: directory === undefined || level === 'trace' ? level : 'debug',
      base: { service, pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      mixin: (_fields, _level, logger) => traceFields(logger as Logger),
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => redactSecrets(fields) as Record<string, unknown>,
      },
      serializers: { err: (error) => redactSecrets({ ...stdSerializers.err(error) }) },
    },
    directory === undefined ? output : withFiles(output, level as Level, directory, () => log),
  );
  // pino formats what a line says, not what a child always says; children inherit this.
  const child = log.child as unknown as (this: Log, bindings: object, options?: object) => Log;
  return Object.assign(log, {
    child(this: Log, bindings: object, options?: object) {
      return child.call(this, redactSecrets(bindings) as object, options);
    },
  }) as Log;
}

/** The output gets the lines of its level, the files those that are theirs. That they cannot be written is an error like another, and ends nothing. */
function withFiles(output: DestinationStream, level: Level, directory: string, log: () => Log): DestinationStream {
  // Not within the writing of the line that could not be written.
  const tell = (line: (log: Log) => void) => queueMicrotask(() => line(log()));
  const files = createLogFiles(
    { directory },
    {
      onFault: (err) =>
        tell((log) =>
          log.error(
            { event: 'log_files_failed', directory, err },
            'lines cannot be written to the log directory: some wait, the rest is lost',
          ),
        ),
      onBack: (lost) =>
        tell((log) => log.warn({ event: 'log_files_back', directory, lost }, 'lines are written to the log directory again')),
    },
  );
  return multistream([
    { level, stream: output },
    { level: 'debug', stream: files },
  ]);
}

/** The id of the trace in hand, unless the logger is a child that has one. */
function traceFields(logger: Logger): object {
  const trace = currentTrace();
  const bindings = (logger as unknown as Record<symbol, unknown>)[symbols.chindingsSym];
  return trace && !String(bindings).includes('"traceId"') ? { traceId: trace.traceId } : {};
}

function prettyStream(destination: DestinationStream | undefined): DestinationStream {
  // Loaded only where somebody reads along: most processes write JSON.
  const { isColorSupported, PinoPretty } = createRequire(import.meta.url)('pino-pretty') as typeof import('pino-pretty');
  return PinoPretty({
    colorize: destination === undefined && isColorSupported,
    destination: (destination as NodeJS.WritableStream | undefined) ?? 1,
    sync: true,
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss.l',
    ignore: 'pid,hostname,service,event',
    messageFormat: '{service} {msg}',
  });
}
