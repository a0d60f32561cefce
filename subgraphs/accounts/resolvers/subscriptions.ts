import type { Feed } from '@comptoir/platform/feed.ts';
import type { MessageOf } from '@comptoir/schema/messages.ts';
import type { AccountsContext } from '../context.ts';
import { mayReadEntry } from '../queries/audit.ts';
import { readAuditEntry } from '../store/audit.ts';

export function createSubscriptions({ feed }: { feed: Feed }): object {
  return {
    auditRecorded: {
      subscribe: (_: unknown, { entityType }: { entityType?: string | null }, { principal }: AccountsContext) =>
        feed.subscribe({
          types: ['audit.logged'],
          filter: ({ payload }) =>
            (entityType ?? payload.entity_type) === payload.entity_type && mayReadEntry(principal, payload.store_ids),
        }),
      // Entries are never changed nor deleted.
      resolve: ({ payload }: { payload: MessageOf<'audit.logged'> }, _: unknown, { em }: AccountsContext) =>
        readAuditEntry(em, payload.entry_id),
    },
  };
}
