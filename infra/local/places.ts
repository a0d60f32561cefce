import path from 'node:path';

/** The root of the clone. */
export const root = path.resolve(import.meta.dirname, '../..');

/** What is fetched for this clone only and may be deleted at any time. */
export const runtimeFolder = path.join(root, '.runtime');

/** Where databases, logs and secrets of this clone are kept. */
export function dataFolder(env: NodeJS.ProcessEnv): string {
  return path.resolve(root, env.COMPTOIR_DATA || '.data');
}

/** The scripts that write what is generated, in the order they build on each other; `--check` only looks. */
export const generators = ['schema/generate.ts', 'gateway/rest/collections/generate.ts'] as const;
