import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../places.ts';

/** `npm run gateway`: the gateway alone in this process, configured by its environment; needs no database and no broker. */
export async function run(): Promise<void> {
  await import(pathToFileURL(path.join(root, 'gateway/main.ts')).href);
}
