import { createHash } from 'node:crypto';
import { ComptoirError } from '@comptoir/platform/errors.ts';
import type { Log } from '@comptoir/platform/log.ts';
import type { Metrics } from '@comptoir/platform/metrics.ts';
import type { Role } from '@comptoir/platform/principal.ts';
import { GraphQLError } from 'graphql';
import { createLru } from '../lru.ts';
import type { Safelist } from './manifest.ts';
import type { PersistedStore } from './store.ts';

/** What becomes of operations that are not on the list: nothing, a line in the log, or a refusal. */
export const persistedModes = ['off', 'log-only', 'only'] as const;
export type PersistedMode = (typeof persistedModes)[number];

/** Whose programs are not ours and cannot be on our list: systems of other companies. */
export const freeDocumentRoles: readonly Role[] = ['INTEGRATION'];

/** Part of a request that says which operation is meant. */
export interface NamedOperation {
  /** Empty or missing where it is named by its digest only. */
  readonly query?: unknown;
  readonly extensions?: unknown;
}

export interface PersistedOperations {
  /**
   * The text of the operation that a client asks for, by text or by digest (`extensions.persistedQuery`); null where it named none at all.
   * @param roles the client's; null for one without a valid credential, whose texts are not kept: anybody could fill what keeps them.
   * @throws GraphQLError or ComptoirError where the digest is not known, does not fit the text, or the operation may not be asked.
   */
  read(operation: NamedOperation, roles: readonly Role[] | null): Promise<string | null>;
}

/** A longer one is not kept under its digest, which bounds the memory that clients can fill. */
const maxKeptLength = 20_000;

export function createPersistedOperations(
  { mode, safelist }: { mode: PersistedMode; safelist: Safelist },
  { store, log, metrics }: { store: PersistedStore; log: Log; metrics: Metrics },
): PersistedOperations {
  const outcomes = metrics.counter({
    name: 'persisted_operations_total',
    help: 'Operations by how they were named: of the list, by a digest that was sent before, as free text, or refused',
    labelNames: ['outcome'],
  });
  const logged = createLru<string, true>(1_000);

  function checkList(id: string, roles: readonly Role[], text?: string): void {
    if (mode === 'off' || roles.some((role) => freeDocumentRoles.includes(role))) return;
    if (mode === 'log-only') {
      if (!logged.get(id)) {
        const operation = text && /\b(?:query|mutation|subscription)\s+(\w{1,80})/.exec(text)?.[1];
        log.warn({ event: 'operation_not_listed', sha256: id, operation }, 'an operation is not on the list of persisted ones');
      }
      logged.set(id, true);
      return;
    }
    outcomes.inc({ outcome: 'refused' });
    throw new ComptoirError('OPERATION_NOT_LISTED');
  }

  async function readByDigest(id: string, roles: readonly Role[]): Promise<string> {
    checkList(id, roles);
    const text = await store.get(id);
    if (text === undefined) throw notFound();
    outcomes.inc({ outcome: 'automatic' });
    return text;
  }

  return {
    async read({ query, extensions }, known) {
      const roles = known ?? [];
      const id = digestIn(extensions);
      const listed = id === undefined ? undefined : safelist.get(id);
      if (typeof query !== 'string' || query === '') {
        if (id === undefined) return null;
        if (listed === undefined) return readByDigest(id, roles);
        outcomes.inc({ outcome: 'listed' });
        return listed;
      }
      // Without a list to hold it against, and without a digest to keep it under, a text needs none.
      if (mode === 'off' && id === undefined) return query;
      const digest = createHash('sha256').update(query).digest('hex');
      if (id !== undefined && id !== digest) throw new ComptoirError('BAD_REQUEST', 'provided sha does not match query');
      if (safelist.has(digest)) {
        outcomes.inc({ outcome: 'listed' });
        return query;
      }
      checkList(digest, roles, query);
      outcomes.inc({ outcome: 'free' });
      if (known && id !== undefined && query.length <= maxKeptLength) await store.set(id, query);
      return query;
    },
  };
}

/** @throws ComptoirError where there is one that cannot be read. */
function digestIn(extensions: unknown): string | undefined {
  if (typeof extensions !== 'object' || extensions === null || !Object.hasOwn(extensions, 'persistedQuery')) return undefined;
  const { version, sha256Hash } = ((extensions as Record<string, unknown>).persistedQuery ?? {}) as Record<string, unknown>;
  if (version !== 1) throw new ComptoirError('BAD_REQUEST', 'Unsupported persisted query version');
  if (typeof sha256Hash !== 'string' || !/^[0-9a-f]{64}$/.test(sha256Hash))
    throw new ComptoirError('BAD_REQUEST', 'extensions.persistedQuery.sha256Hash must be a SHA-256 in hex');
  return sha256Hash;
}

/** In the words that clients of automatic persisted queries know: they send the text then. */
function notFound(): GraphQLError {
  return new GraphQLError('PersistedQueryNotFound', { extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } });
}
