import { baseConfig, brokerConfig, numberVariable } from '@comptoir/platform/config.ts';
import { operations, type WireOperation } from '@comptoir/schema/topology.ts';
import { z } from 'zod';

const maxSeconds = 3_600;

/** What a worker is told at its start, parsed from the environment by `parseConfig(workerConfig, env)`. */
export const workerConfig = z.object({
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
  WORKER_PROCESSING_TIME_MIN: numberVariable({ min: 0, max: maxSeconds, fallback: 5 }),
  WORKER_PROCESSING_TIME_MAX: numberVariable({ min: 0, max: maxSeconds, fallback: 15 }),
});

export interface WorkerConfig {
  readonly id: string;
  readonly operation: WireOperation;
  readonly amqpUrl: string;
  /** Simulated work of a task lasts from `minSeconds` to `maxSeconds`; none for a task of a batch. */
  readonly minSeconds: number;
  readonly maxSeconds: number;
  /** Lines for people instead of events. */
  readonly pretty: boolean;
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
    pretty: (env.LOG_FORMAT ?? (terminal ? 'pretty' : 'json')) === 'pretty',
  };
}
