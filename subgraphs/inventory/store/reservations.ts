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

/**
 * One transaction at a time is at a saga's reservations. Taken before any lock of stock, of several sagas in the order of their ids. Returns those whose reservations were
 * cancelled for good.
 */
export async function lockSagas(em: EntityManager, sagaIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await query<{ saga_id: string; cancelled: boolean }>(
    em,
    frequent(`INSERT INTO saga_hold (saga_id) SELECT id FROM unnest($1::text[]) WITH ORDINALITY AS asked(id, n) ORDER BY n
     ON CONFLICT (saga_id) DO UPDATE SET saga_id = excluded.saga_id RETURNING saga_id, cancelled_at IS NOT NULL AS cancelled`),
    [[...new Set(sagaIds)].sort()],
  );
  return new Set(rows.filter(({ cancelled }) => cancelled).map(({ saga_id }) => saga_id));
}

/** The tombstones: reservations that come later are refused. */
export async function cancelSagas(em: EntityManager, sagaIds: readonly string[]): Promise<void> {
  await query(em, unread('UPDATE saga_hold SET cancelled_at = coalesce(cancelled_at, now()) WHERE saga_id = ANY($1::text[])'), [sagaIds]);
}

export interface NewReservation extends LevelKey {
  readonly sagaId: string;
  readonly quantity: number;
}

export const toBooking = ({ sagaId, productId, placeId, quantity }: NewReservation): Booking => ({
  productId,
  placeId,
  kind: 'RESERVATION',
  onHandChange: 0,
  allocatedChange: quantity,
  reference: sagaId,
  actor: 'saga',
});

/** Writes reservations of goods that were just booked for them. */
export async function insertReservations(em: EntityManager, reservations: readonly NewReservation[], expiryMs: number): Promise<void> {
  await query(
    em,
    unread(`INSERT INTO reservation (saga_id, product_id, place_id, quantity, expires_at)
     SELECT saga_id, product_id, place_id, quantity, clock_timestamp() + $5 * interval '1 millisecond'
     FROM unnest($1::text[], $2::int[], $3::int[], $4::int[]) WITH ORDINALITY AS line(saga_id, product_id, place_id, quantity, n) ORDER BY n`),
    [
      reservations.map(({ sagaId }) => sagaId),
      reservations.map(({ productId }) => productId),
      reservations.map(({ placeId }) => placeId),
      reservations.map(({ quantity }) => quantity),
      expiryMs,
    ],
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

/** Ends the reservations of sagas that are locked, by the table of transitions; those in other states stay as they are. */
export async function endReservations(em: EntityManager, sagaIds: readonly string[], ending: Ending): Promise<EndedReservations> {
  const levels = await lockReservedLevels(em, sagaIds);
  // Read now that their levels are locked: until then they could run out.
  const rows = await query<StoredReservation>(
    em,
    frequent(`SELECT ${columns} FROM reservation WHERE saga_id = ANY($1::text[]) ORDER BY product_id, place_id, id`),
    [sagaIds],
  );
  const reservations = rows.map(toReservation).filter(({ state }) => transitions[ending][state]);

  const changes: LevelChange[] = [];
  const missing: Reservation[] = [];
  if (ending === 'sell') {
    const late = reservations.filter(({ state }) => state === 'EXPIRED');
    changes.push(...(await freeExpired(em, late)));
    const left = new Map([...levels, ...changes.map(({ level }) => level)].map((level) => [keyOf(level), available(level)]));
    for (const reservation of late) {
      const here = left.get(keyOf(reservation)) ?? 0;
      if (here < reservation.quantity) missing.push(reservation);
      else left.set(keyOf(reservation), here - reservation.quantity);
    }
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
