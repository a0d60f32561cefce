import type { EntityManager } from '@comptoir/platform/database.ts';
import { frequent, unread } from '@comptoir/platform/frequent-statements.ts';
import { query } from '@comptoir/platform/sql.ts';
import { type Ending, type ReservationState, transitions } from '../domain/reservation.ts';
import { available, type Booking, keyOf, type LevelChange } from '../domain/stock.ts';
import { book, type LevelKey, lockReservedLevels } from './levels.ts';

export interface Reservation extends LevelKey {
  readonly id: string;
  readonly sagaId: string;
  readonly quantity: number;
  readonly state: ReservationState;
}

interface StoredReservation {
  id: string;
  saga_id: string;
  product_id: number;
  place_id: number;
  quantity: number;
  state: ReservationState;
}

const columns = 'id, saga_id, product_id, place_id, quantity, state';

const toReservation = ({ saga_id, product_id, place_id, ...row }: StoredReservation): Reservation => ({
  ...row,
  sagaId: saga_id,
  productId: product_id,
  placeId: place_id,
});

/** One transaction at a time is at a saga's reservations. Taken before any lock of stock. Tells whether they were cancelled for good. */
export async function lockSaga(em: EntityManager, sagaId: string): Promise<{ cancelled: boolean }> {
  const [row] = await query<{ cancelled: boolean }>(
    em,
    frequent(
      'INSERT INTO saga_hold (saga_id) VALUES ($1) ON CONFLICT (saga_id) DO UPDATE SET saga_id = excluded.saga_id RETURNING cancelled_at IS NOT NULL AS cancelled',
    ),
    [sagaId],
  );
  return { cancelled: row?.cancelled ?? false };
}

/** The tombstone: a reservation that comes later is refused. */
export async function cancelSaga(em: EntityManager, sagaId: string): Promise<void> {
  await query(em, unread('UPDATE saga_hold SET cancelled_at = coalesce(cancelled_at, now()) WHERE saga_id = $1'), [sagaId]);
}

/** Writes the reservations of goods that were just allocated, and the ledger's lines. */
export async function insertReservations(
  em: EntityManager,
  sagaId: string,
  lines: readonly (LevelKey & { quantity: number })[],
  expiryMs: number,
): Promise<void> {
  await query(
    em,
    unread(`WITH line AS (SELECT * FROM unnest($2::int[], $3::int[], $4::int[]) WITH ORDINALITY AS line(product_id, place_id, quantity, n)), ledger AS (
       INSERT INTO stock_movement (product_id, place_id, kind, on_hand_change, allocated_change, reference, actor)
       SELECT product_id, place_id, 'RESERVATION', 0, quantity, $1, 'saga' FROM line ORDER BY n
     )
     INSERT INTO reservation (saga_id, product_id, place_id, quantity, expires_at)
     SELECT $1, product_id, place_id, quantity, clock_timestamp() + $5 * interval '1 millisecond' FROM line ORDER BY n`),
    [sagaId, lines.map(({ productId }) => productId), lines.map(({ placeId }) => placeId), lines.map(({ quantity }) => quantity), expiryMs],
  );
}

/** Frees what reservations hold whose time is over, of levels that are locked. */
export async function freeExpired(em: EntityManager, keys: readonly LevelKey[]): Promise<LevelChange[]> {
  if (keys.length === 0) return [];
  const rows = await query<StoredReservation>(
    em,
    frequent(`UPDATE reservation SET state = 'EXPIRED', ended_at = clock_timestamp()
     WHERE state = 'HELD' AND expires_at <= clock_timestamp() AND (product_id, place_id) IN (SELECT * FROM unnest($1::int[], $2::int[]))
     RETURNING ${columns}`),
    [keys.map(({ productId }) => productId), keys.map(({ placeId }) => placeId)],
  );
  return book(em, rows.map(toReservation).map(bookingOf('expire', 'HELD')));
}

function bookingOf(ending: Ending, state: ReservationState) {
  const booking = transitions[ending][state]?.booking;
  if (!booking) throw new Error(`A reservation that is ${state} books nothing on ${ending}`);
  return ({ sagaId, productId, placeId, quantity }: Reservation): Booking => ({
    productId,
    placeId,
    kind: booking.kind,
    onHandChange: booking.onHand * quantity,
    allocatedChange: booking.allocated * quantity,
    reference: sagaId,
    actor: 'saga',
  });
}

export interface EndedReservations {
  readonly ended: Reservation[];
  readonly changes: LevelChange[];
  /** Sold by now, and not there any more: the reservation had run out and others took the goods. */
  readonly missing: Reservation[];
}

/** Ends the reservations of a saga that is locked, by the table of transitions; those in other states stay as they are. */
export async function endReservations(em: EntityManager, sagaId: string, ending: Ending): Promise<EndedReservations> {
  const levels = await lockReservedLevels(em, sagaId);
  // Read now that their levels are locked: until then they could run out.
  const rows = await query<StoredReservation>(
    em,
    frequent(`SELECT ${columns} FROM reservation WHERE saga_id = $1 ORDER BY product_id, place_id`),
    [sagaId],
  );
  const reservations = rows.map(toReservation).filter(({ state }) => transitions[ending][state]);

  const changes: LevelChange[] = [];
  const missing: Reservation[] = [];
  if (ending === 'sell') {
    const late = reservations.filter(({ state }) => state === 'EXPIRED');
    changes.push(...(await freeExpired(em, late)));
    const now = new Map([...levels, ...changes.map(({ level }) => level)].map((level) => [keyOf(level), available(level)]));
    missing.push(...late.filter((reservation) => (now.get(keyOf(reservation)) ?? 0) < reservation.quantity));
  }
  const ended = reservations.filter((reservation) => !missing.includes(reservation));
  await query(
    em,
    unread(`UPDATE reservation r SET state = ending.state, ended_at = coalesce(r.ended_at, clock_timestamp())
     FROM unnest($1::bigint[], $2::text[]) AS ending(id, state) WHERE r.id = ending.id`),
    [ended.map(({ id }) => id), ended.map(({ state }) => transitions[ending][state]?.to)],
  );
  const bookings = ended
    .filter(({ state }) => transitions[ending][state]?.booking)
    .map((reservation) => bookingOf(ending, reservation.state)(reservation));
  changes.push(...(await book(em, bookings)));
  return { ended, changes, missing };
}

/** Locks levels at which reservations have run out, as many as are asked for; those at which somebody else is are left to the next turn. */
export async function lockExpiredLevels(em: EntityManager, limit: number): Promise<LevelKey[]> {
  const rows = await query<{ product_id: number; place_id: number }>(
    em,
    frequent(`SELECT product_id, place_id FROM stock_level
     WHERE (product_id, place_id) IN (
       SELECT product_id, place_id FROM reservation WHERE state = 'HELD' AND expires_at <= clock_timestamp() ORDER BY expires_at LIMIT $1)
     ORDER BY product_id, place_id FOR UPDATE SKIP LOCKED`),
    [limit],
  );
  return rows.map(({ product_id, place_id }) => ({ productId: product_id, placeId: place_id }));
}
