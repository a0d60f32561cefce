import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import { buildASTSchema, parse, validate } from 'graphql';
import type { GeneratedFile } from '../generated-files.ts';
import { apiSchemaFiles } from './api.ts';
import { persistedOperations } from './persisted-operations.ts';

/** Each client keeps its operations in .graphql files; their types and documents are written beside them. */
const clients = [
  { operations: 'clients/web/src/operations/*.graphql', output: 'clients/web/src/generated/operations.ts', asksTypenames: true },
  { operations: 'clients/cli/operations/*.graphql', output: 'clients/cli/generated/operations.ts', asksTypenames: false },
];

/** @throws Error naming file and fault for an operation that does not validate against the API. */
export async function operationTypes(root: URL): Promise<GeneratedFile[]> {
  const api = apiSchemaFiles().find(({ path }) => path.endsWith('api.graphql'))?.content ?? '';
  const modules = await Promise.all(
    clients.map(async ({ operations, output, asksTypenames }) => {
      const files = await Array.fromAsync(glob(operations, { cwd: fileURLToPath(root) }));
      const documents = files.sort().map((file) => ({ location: file, document: parse(readFileSync(new URL(file, root), 'utf8')) }));
      const all = { kind: 'Document' as const, definitions: documents.flatMap(({ document }) => document.definitions) };
      const faults = validate(buildASTSchema(parse(api)), all as Parameters<typeof validate>[1]);
      if (faults.length > 0) throw new Error(`${operations}: ${faults.map(({ message }) => message).join('; ')}`);
      const content = await codegen({
        filename: output,
        schema: parse(api),
        documents,
        config: { scalars: { ID: 'string', DateTime: 'string' }, useTypeImports: true, enumsAsTypes: true, enumType: 'string-literal' },
        plugins: [{ typescriptOperations: {} }, { typedDocumentNode: {} }],
        pluginMap: { typescriptOperations, typedDocumentNode },
      });
      return { path: output, content: `// Generated from ${operations} by schema/generate.ts.\n${content}`, asksTypenames };
    }),
  );
  return [...modules.map(({ path, content }) => ({ path, content })), persistedOperations(modules)];
}
