import path from 'node:path';
import { root } from '../places.ts';
import { runScript } from '../run-tool.ts';

/** `npm run generate`: renews what is generated from schema/ and the clients' operations. */
export function run(args: readonly string[]): Promise<number> {
  return runScript(path.join(root, 'schema/generate.ts'), args);
}
