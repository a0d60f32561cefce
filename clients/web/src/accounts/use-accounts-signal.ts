import { useEffect, useRef } from 'react';
import { useFeed } from '../feed/badge.tsx';
import { coalesce } from '../graph/coalesce.ts';
import { useConnection } from '../session/session.tsx';
import { type AccountKind, onAccountsChanged } from './accounts-signal.ts';

const everyMs = 500;
/** What was changed between the answer and the subscription's start would be missed otherwise. */
const secondLookMs = 2_000;

/**
 * Calls when one of these kinds of things was changed by anybody: an entry of the audit log says so once the change is there to be read.
 * Once more a while after the screen or the connection has come. Sign-ins are entries on staff as well, but change nothing that is listed: they count only where `signIns` says so.
 */
export function useAccountsSignal(kinds: readonly AccountKind[], onChange: () => void, signIns = false): void {
  const { client } = useConnection();
  const { epoch } = useFeed();
  const newest = useRef(onChange);
  newest.current = onChange;
  const sign = kinds.join();
  useEffect(() => {
    const tile = coalesce<null>(everyMs, () => newest.current());
    const hear = (action: string) => {
      if (signIns || !action.startsWith('session.')) tile.push(null);
    };
    const stops = (sign.split(',') as AccountKind[]).map((kind) => onAccountsChanged(client, kind, hear));
    return () => {
      for (const stop of stops) stop();
      tile.stop();
    };
  }, [client, sign, signIns]);
  useEffect(() => {
    if (epoch === 0) return;
    const second = setTimeout(() => newest.current(), secondLookMs);
    return () => clearTimeout(second);
  }, [epoch]);
}
