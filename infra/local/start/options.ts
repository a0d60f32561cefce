import { SetupError } from '../setup-error.ts';

export interface StartOptions {
  /** A process per subgraph. */
  readonly split: boolean;
  /** Every log line on the terminal. */
  readonly verbose: boolean;
  /** Where to look for the gateway's free port first. */
  readonly port: number;
  readonly host: string;
  readonly demo: boolean;
  /** Time between two tasks of the automatic producer; 0: there is none. */
  readonly producerIntervalMs: number;
}

const usage =
  'usage: npm start [-- --split] [--verbose]   (PORT, DATABASE_URL, AMQP_URL, REDIS_URL and COMPTOIR_DEMO=off are read from the environment)';
const flags = ['--split', '--verbose'];

/** Throws SetupError for what cannot be used. */
export function parseStartOptions(args: readonly string[], env: NodeJS.ProcessEnv): StartOptions {
  const unknown = args.find((arg) => !flags.includes(arg));
  if (unknown !== undefined) throw new SetupError(`There is no option ${unknown}.\n${usage}`);
  const demo = onOff('COMPTOIR_DEMO', env.COMPTOIR_DEMO, true);
  return {
    split: args.includes('--split'),
    verbose: args.includes('--verbose'),
    port: whole('PORT', env.PORT, { fallback: 4000, min: 1, max: 65_535 }),
    host: env.HOST || '127.0.0.1',
    demo,
    producerIntervalMs: demo
      ? whole('COMPTOIR_PRODUCER_INTERVAL_MS', env.COMPTOIR_PRODUCER_INTERVAL_MS, { fallback: 5_000, min: 0, max: 86_400_000 })
      : 0,
  };
}

function whole(name: string, given: string | undefined, { fallback, min, max }: { fallback: number; min: number; max: number }): number {
  if (!given) return fallback;
  const value = Number(given);
  if (!/^\d+$/.test(given) || value < min || value > max)
    throw new SetupError(`${name} is ${JSON.stringify(given)}; allowed: a whole number from ${min} to ${max}.`);
  return value;
}

function onOff(name: string, given: string | undefined, fallback: boolean): boolean {
  if (!given) return fallback;
  if (given !== 'on' && given !== 'off') throw new SetupError(`${name} is ${JSON.stringify(given)}; allowed: on or off.`);
  return given === 'on';
}
