import { createLog, type Log } from '../log.ts';

/** Writes only what is asked for by TEST_LOG_LEVEL, nothing by default. */
export const testLog = (): Log =>
  createLog({ service: 'test', level: (process.env.TEST_LOG_LEVEL ?? 'silent') as 'debug', format: 'json' });
