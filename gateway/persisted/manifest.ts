import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** Apollo's format of a list of operations that clients were built with. */
const manifestSchema = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(
    z.object({
      /** SHA-256 of the body, in hex. */
      id: z.string(),
      body: z.string(),
      name: z.string(),
      type: z.enum(['query', 'mutation', 'subscription']),
    }),
  ),
});

/** The text of each listed operation by its id. */
export type Safelist = ReadonlyMap<string, string>;

/** Where `npm run generate` puts the operations of our own clients. */
export const ownManifest = new URL('../../schema/generated/persisted-operations.json', import.meta.url);

/** @throws Error naming a file that cannot be read or holds something else. */
export async function readSafelist(files: readonly (string | URL)[]): Promise<Safelist> {
  const lists = await Promise.all(
    files.map(async (file) => {
      try {
        return manifestSchema.parse(JSON.parse(await readFile(file, 'utf8'))).operations;
      } catch (cause) {
        throw new Error(`PERSISTED_MANIFESTS: ${String(file)} is no manifest of persisted operations that can be read`, { cause });
      }
    }),
  );
  return new Map(lists.flat().map(({ id, body }) => [id, body]));
}
