import { claimPort } from '@comptoir/local/ports.ts';

/** Which of the workers that run test files at the same time this is, from 1 upwards; 0 for a benchmark. */
const worker = Number(process.env.VITEST_POOL_ID ?? 0);
const first = 20_000 + 200 * worker;
const taken = new Set<number>();

/**
 * A free port for a process that may be killed and come back on it: nothing else takes it meanwhile, for it is none of those that the system gives away, and each
 * worker has a range of its own.
 */
export const ownPort = (): Promise<number> => claimPort(first, taken);
