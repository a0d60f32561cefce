import { createHash } from 'node:crypto';
import { type DocumentNode, Kind, print, visit } from 'graphql';
import type { GeneratedFile } from '../generated-files.ts';

/** Operations of a client, as the generated module of it holds them. */
export interface ClientModule {
  readonly content: string;
  /** Whether the client asks for `__typename` of every object, as Apollo Client does. */
  readonly asksTypenames: boolean;
}

/** Apollo's list of the operations that our clients send, each under the digest of exactly the text they send. */
export function persistedOperations(modules: readonly ClientModule[]): GeneratedFile {
  const operations = modules.flatMap(({ content, asksTypenames }) =>
    documentsIn(content).map((document) => entryOf(asksTypenames ? withTypenames(document) : document)),
  );
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  const sorted = [...byId.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1));
  const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations: sorted };
  return { path: 'schema/generated/persisted-operations.json', content: `${JSON.stringify(manifest, null, 2)}\n` };
}

/** The documents that the generator wrote as JSON, with their fragments, in the order in which the client prints them. */
function documentsIn(content: string): DocumentNode[] {
  return [...content.matchAll(/^export const \w+Document = (\{.*\}) as unknown as DocumentNode/gm)].map(
    ([, json]) => JSON.parse(json!) as DocumentNode,
  );
}

function entryOf(document: DocumentNode) {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (!operation?.name) throw new Error('an operation of a client has no name');
  const body = print(document);
  return { id: createHash('sha256').update(body).digest('hex'), name: operation.name.value, type: operation.operation, body };
}

/** What Apollo Client makes of a document before it sends it. */
function withTypenames(document: DocumentNode): DocumentNode {
  const typename = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const;
  return visit(document, {
    SelectionSet: {
      enter(node, _key, parent) {
        if (parent && 'kind' in parent && parent.kind === Kind.OPERATION_DEFINITION) return undefined;
        if (node.selections.some((selection) => selection.kind === Kind.FIELD && selection.name.value.startsWith('__'))) return undefined;
        return { ...node, selections: [...node.selections, typename] };
      },
    },
  });
}
