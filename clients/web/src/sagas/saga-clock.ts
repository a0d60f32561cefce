import { useMemo } from 'react';
import { useNow } from '../controls/use-now.ts';
import { hasEnded, type SagaDetail } from './states.ts';

const everyMs = 500;

/** The server's time, in ms since 1970: what the saga says of its own age tells how far this device's clock is off. It goes on while the saga does. */
export function useSagaClock(saga: SagaDetail | null): number {
  const open = saga !== null && !hasEnded(saga);
  const now = useNow(open, everyMs);
  const ahead = useMemo(() => (saga === null ? 0 : Date.now() - (Date.parse(saga.createdAt) + saga.duration * 1_000)), [saga]);
  if (saga === null) return now;
  return open ? Math.max(now - ahead, Date.parse(saga.createdAt) + saga.duration * 1_000) : Date.parse(saga.endedAt ?? saga.updatedAt);
}
