import path from 'node:path';
import { root } from '../places.ts';
import { runScript } from '../run-tool.ts';

/** `npm run bench -- [name …]`. */
export function run(args: readonly string[]): Promise<number> {
  return runScript(path.join(root, 'infra/bench/main.ts'), args);
}
