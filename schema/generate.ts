/** Writes everything that is generated from schema/ and from the clients' operations. `--check` writes nothing and fails where a file is not current. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apiSchemaFiles } from './generate/api.ts';
import { messageTypes } from './generate/messages.ts';
import { operationTypes } from './generate/operations.ts';
import { resolverTypes } from './generate/resolvers.ts';

/** A generated file: its path from the root of the repository, and what is to stand in it. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

const root = new URL('../', import.meta.url);

export async function generateFiles(): Promise<GeneratedFile[]> {
  const files = await Promise.all([messageTypes(), apiSchemaFiles(), resolverTypes(), operationTypes(root)]);
  return files.flat();
}

/** The files on disk that differ from what would be generated now. */
export async function staleFiles(files: readonly GeneratedFile[]): Promise<string[]> {
  const stale = await Promise.all(
    files.map(async ({ path, content }) => ((await readIfThere(new URL(path, root))) === content ? [] : [path])),
  );
  return stale.flat();
}

async function readIfThere(url: URL): Promise<string | null> {
  try {
    return await readFile(url, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function main(check: boolean): Promise<void> {
  const files = await generateFiles();
  const stale = await staleFiles(files);
  if (check) {
    for (const path of stale) console.error(`${path} is not current: run npm run generate`);
    process.exitCode = stale.length > 0 ? 1 : 0;
    return;
  }
  for (const { path, content } of files.filter(({ path }) => stale.includes(path))) {
    const target = fileURLToPath(new URL(path, root));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
    console.log(`wrote ${relative(fileURLToPath(root), target)}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.includes('--check'));
