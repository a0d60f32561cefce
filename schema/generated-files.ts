import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A generated file: its path from the root of the repository, and what is to stand in it. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

export const root = new URL('../', import.meta.url);

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

/** Writes the files that are not current and says which; to check, writes none. Gives the exit code: 1 where a check found one that is not current. */
export async function renewFiles(files: readonly GeneratedFile[], { check }: { check: boolean }): Promise<number> {
  const stale = await staleFiles(files);
  if (check) {
    for (const path of stale) console.error(`${path} is not current: run npm run generate`);
    return stale.length > 0 ? 1 : 0;
  }
  for (const { path, content } of files.filter(({ path }) => stale.includes(path))) {
    const target = fileURLToPath(new URL(path, root));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
    console.log(`wrote ${relative(fileURLToPath(root), target)}`);
  }
  return 0;
}
