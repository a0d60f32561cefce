import { parseArgs } from 'node:util';
import { run as runTests } from './test.ts';

const folder = 'infra/e2e/faults';
const usage = 'usage: npm run test:faults -- [--size=small|large] [--seed=number] [name of a test file …] [-- vitest options]';

/** `npm run test:faults`: the fault tests alone. The seed is what every random choice follows from; printed, so that a run can be had again. */
export async function run(args: readonly string[]): Promise<number> {
  const asked = readArguments(args);
  if (!asked) {
    console.error(usage);
    return 2;
  }
  const { size, seed, names, options } = asked;
  Object.assign(process.env, { FAULTS_SIZE: size, FAULTS_SEED: String(seed) });
  const again = `npm run test:faults -- --size=${size} --seed=${seed}`;
  console.log(`Fault tests, ${size}, seed ${seed}.`);
  const paths = names.length > 0 ? names.map((name) => `${folder}/${name}`) : [folder];
  const code = await runTests(['e2e', ...paths, ...options]);
  if (code !== 0) console.log(`With the same random choices again: ${again}`);
  return code;
}

interface Asked {
  readonly size: 'small' | 'large';
  readonly seed: number;
  readonly names: readonly string[];
  readonly options: readonly string[];
}

/** Null where they make no sense. */
export function readArguments(args: readonly string[]): Asked | null {
  const end = args.indexOf('--');
  const [own, options] = end < 0 ? [args, []] : [args.slice(0, end), args.slice(end + 1)];
  try {
    const { values, positionals } = parseArgs({
      args: [...own],
      allowPositionals: true,
      options: { size: { type: 'string', default: 'small' }, seed: { type: 'string' } },
    });
    const { size } = values;
    const seed = values.seed === undefined ? Math.floor(Math.random() * 1_000_000_000) : Number(values.seed);
    if ((size !== 'small' && size !== 'large') || !Number.isSafeInteger(seed) || seed < 0) return null;
    return { size, seed, names: positionals, options };
  } catch {
    return null;
  }
}
