import type { ApolloClient } from '@apollo/client';
import { AccountsChangedDocument } from '../generated/operations.ts';
import { listen } from '../graph/listen.ts';

/** Kinds of things in the audit log whose change the lists of accounts show. */
export type AccountKind = 'staff' | 'role' | 'consumer' | 'api_key';

type Listener = (action: string) => void;

/** What listens on each connection; what a screen's parts want to know of one kind comes by one subscription. */
const heard = new WeakMap<ApolloClient, Map<AccountKind, { readonly listeners: Set<Listener>; readonly stop: () => void }>>();

/** Calls with the action of each new entry of the audit log on this kind of thing; gives what stops it. */
export function onAccountsChanged(client: ApolloClient, kind: AccountKind, listener: Listener): () => void {
  const kinds = heard.get(client) ?? new Map();
  heard.set(client, kinds);
  const { listeners, stop } = kinds.get(kind) ?? subscribe(client, kind);
  kinds.set(kind, { listeners, stop });
  // A listener may be given twice: each is its own.
  const own: Listener = (action) => listener(action);
  listeners.add(own);
  return () => {
    listeners.delete(own);
    if (listeners.size > 0 || kinds.get(kind)?.listeners !== listeners) return;
    kinds.delete(kind);
    stop();
  };
}

function subscribe(client: ApolloClient, entityType: AccountKind) {
  const listeners = new Set<Listener>();
  const data = ({ auditRecorded: { action } }: { auditRecorded: { action: string } }) => {
    for (const listener of listeners) listener(action);
  };
  return { listeners, stop: listen(client, AccountsChangedDocument, { entityType }, { data }) };
}
