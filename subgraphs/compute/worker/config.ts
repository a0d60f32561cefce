import { baseConfig, brokerConfig, numberVariable, portVariable } from '@comptoir/platform/config.ts';
import { operations, type WireOperation } from '@comptoir/schema/topology.ts';
import { z } from 'zod';

const maxSeconds = 3_600;

/** What a worker is told at its start, parsed from the environment by `parseConfig(workerConfig, env)`. */
export const workerConfig = z.object({
  HOST: baseConfig.HOST,
  LOG_LEVEL: baseConfig.LOG_LEVEL,
  LOG_FORMAT: baseConfig.LOG_FORMAT,
  LOG_DIR: baseConfig.LOG_DIR,
  AMQP_URL: brokerConfig.AMQP_URL,
  WORKER_OPERATION: z.enum(operations).describe(operations.join(', ')),
  WORKER_ID: z
    .string()
    .regex(/^[\w.:-]{1,200}$/)
    .optional()
    .describe('1 to 200 letters, digits and . : _ -, default worker_<operation>_<pid>'),
  WORKER_PORT: portVariable(0),
  WORKER_PROCESSING_TIME_MIN: numberVariable({ min: 0, max: maxSeconds, fallback: 5 }),
  WORKER_PROCESSING_TIME_MAX: numberVariable({ min: 0, max: maxSeconds, fallback: 15 }),
});

export type PrettyTasks = 'all' | 'single' | 'none';

export interface WorkerConfig {
  readonly id: string;
  readonly operation: WireOperation;
  readonly amqpUrl: string;
  /** Where its probes and metrics are. */
  readonly host: string;
  /** 0: any free one, since many workers run on one machine. */
  readonly port: number;
  /** Simulated work of a task lasts from `minSeconds` to `maxSeconds`; none for a task of a batch. */
  readonly minSeconds: number;
  readonly maxSeconds: number;
  /** Lines for people instead of events: of each task, of those that are in no batch, or of none. */
  readonly pretty: PrettyTasks | null;
}

/** Where the shortest time is longer than the longest, it is taken for both. */
export function toWorkerConfig(env: z.infer<typeof workerConfig>, { pid, terminal }: { pid: number; terminal: boolean }): WorkerConfig {
  const { WORKER_OPERATION: operation, WORKER_PROCESSING_TIME_MIN: minSeconds, WORKER_PROCESSING_TIME_MAX: maxSeconds } = env;
  return {
    id: env.WORKER_ID ?? `worker_${operation}_${pid}`,
    operation,
    amqpUrl: env.AMQP_URL,
    minSeconds,
    maxSeconds: Math.max(minSeconds, maxSeconds),
    host: env.HOST,
    port: env.WORKER_PORT,
    pretty: (env.LOG_FORMAT ?? (terminal ? 'pretty' : 'json')) === 'pretty' ? prettyTasks(env.LOG_LEVEL) : null,
  };
}

function prettyTasks(level: z.infer<typeof workerConfig>['LOG_LEVEL']): PrettyTasks {
  if (level === 'debug' || level === 'trace') return 'all';
  return level === 'info' ? 'single' : 'none';
}
