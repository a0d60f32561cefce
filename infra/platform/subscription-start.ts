/**
 * Where a subscription begins, as its subscriber asked for it. A cursor is text that only the one who made it reads; it names an event, and means "everything up to
 * this one is there". Sources yield objects with a `cursor`, which goes out with the event.
 */
export interface SubscriptionStart {
  /** The cursor of the last event that the subscriber has; null: it begins now. */
  readonly after: string | null;
  /** Called by the source between two events: all up to this cursor was handed out, and from here on it is live. */
  caughtUp(cursor: string): void;
}

/** Beginning now, for a source whose subscriber does not ask for cursors. */
export const fromNow: SubscriptionStart = { after: null, caughtUp: () => undefined };

/** The cursor of what a source yielded; undefined where it has none. */
export function cursorOf(event: unknown): string | undefined {
  if (typeof event !== 'object' || event === null || !('cursor' in event)) return undefined;
  return typeof event.cursor === 'string' ? event.cursor : undefined;
}
