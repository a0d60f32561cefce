/** Writes everything that is generated from schema/ and from the clients' operations. `--check` writes nothing and fails where a file is not current. */
import { fileURLToPath } from 'node:url';
import { apiSchemaFiles } from './generate/api.ts';
import { messageTypes } from './generate/messages.ts';
import { operationTypes } from './generate/operations.ts';
import { resolverTypes } from './generate/resolvers.ts';
import { rightsTable } from './generate/rights.ts';
import { type GeneratedFile, renewFiles, root } from './generated-files.ts';

export async function generateFiles(): Promise<GeneratedFile[]> {
  const files = await Promise.all([messageTypes(), apiSchemaFiles(), resolverTypes(), operationTypes(root), rightsTable()]);
  return files.flat();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await renewFiles(await generateFiles(), { check: process.argv.includes('--check') });
}
