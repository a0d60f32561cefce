import { useCallback, useEffect, useState } from 'react';
import { allPages } from '../../feed/all-pages.ts';
import { useFeed } from '../../feed/badge.tsx';
import { ValidKeyPageDocument } from '../../generated/operations.ts';
import { ask } from '../../graph/ask.ts';
import { useConnection } from '../../session/session.tsx';
import { pageOf } from '../page-of.ts';
import { useAccountsSignal } from '../use-accounts-signal.ts';

export interface KeysOfConsumer {
  /** Neither revoked nor expired. */
  readonly valid: number;
  /** When one of them was last seen in use; null: never. */
  readonly lastUsedAt: string | null;
}

const mostPages = 10;
const kinds = ['api_key'] as const;

/** How many keys each consumer can sign in with, by its id; null before it is known. */
export function useValidKeys(): ReadonlyMap<string, KeysOfConsumer> | null {
  const { client } = useConnection();
  const { epoch } = useFeed();
  const [known, setKnown] = useState<ReadonlyMap<string, KeysOfConsumer> | null>(null);
  const [turn, setTurn] = useState(0);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  useAccountsSignal(kinds, reload);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn or epoch means to ask again
  useEffect(() => {
    let gone = false;
    allPages(async (after) => pageOf((await ask(client, ValidKeyPageDocument, { first: 100, after })).apiKeys), mostPages).then(
      ({ nodes }) => {
        if (gone) return;
        const now = new Date().toISOString();
        const byConsumer = new Map<string, KeysOfConsumer>();
        for (const { consumer, expiresAt, lastUsedAt } of nodes) {
          if (expiresAt !== null && expiresAt <= now) continue;
          const { valid, lastUsedAt: before } = byConsumer.get(consumer.id) ?? { valid: 0, lastUsedAt: null };
          const later =
            [before, lastUsedAt]
              .filter((at) => at !== null)
              .sort()
              .at(-1) ?? null;
          byConsumer.set(consumer.id, { valid: valid + 1, lastUsedAt: later });
        }
        setKnown(byConsumer);
      },
      () => undefined, // The columns stay as they were; the next change asks again.
    );
    return () => {
      gone = true;
    };
  }, [client, turn, epoch > 1 ? epoch : 0]);
  return known;
}
