import path from 'node:path';
import { generators, root } from '../places.ts';
import { runScript } from '../run-tool.ts';

/** `npm run generate`: renews what is generated from schema/, from the clients' operations and, since they ask that, from the REST routes. */
export async function run(args: readonly string[]): Promise<number> {
  for (const generator of generators) {
    const code = await runScript(path.join(root, generator), args);
    if (code !== 0) return code;
  }
  return 0;
}
