const earliest = Date.UTC(2000, 0, 1);
const maxAheadMs = 86_400_000;

/** The instant that a message's `timestamp` names, UTC where it names no zone; `now` where it is none, or none that can be meant. */
export function momentOf(timestamp: string | undefined, now: Date): Date {
  if (timestamp === undefined) return now;
  const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(timestamp) ? timestamp : `${timestamp.replace(' ', 'T')}Z`;
  const time = Date.parse(zoned);
  return time >= earliest && time <= now.getTime() + maxAheadMs ? new Date(time) : now;
}
