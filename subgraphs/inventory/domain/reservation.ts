import type { MovementKind } from './stock.ts';

export const reservationStates = ['HELD', 'SOLD', 'RELEASED', 'EXPIRED', 'RETURNED'] as const;
export type ReservationState = (typeof reservationStates)[number];

/** What can become of a reservation. */
export type Ending = 'release' | 'sell' | 'expire' | 'restock';

export interface Transition {
  readonly to: ReservationState;
  /** What is booked per unit; null where the stock stays as it is. */
  readonly booking: { readonly kind: MovementKind; readonly onHand: -1 | 0 | 1; readonly allocated: -1 | 0 } | null;
}

const release: Transition = { to: 'RELEASED', booking: { kind: 'RELEASE', onHand: 0, allocated: -1 } };
/** Its goods are free already; only nobody may come and sell them. */
const forget: Transition = { to: 'RELEASED', booking: null };

/**
 * The transitions of a reservation; any other leaves it as it is. A sale may come after the reservation ran out: it is then made of what is available.
 * An order may be cancelled before the news of its sale came: what is still held is released.
 */
export const transitions: Readonly<Record<Ending, Partial<Record<ReservationState, Transition>>>> = {
  release: { HELD: release, EXPIRED: forget },
  sell: {
    HELD: { to: 'SOLD', booking: { kind: 'SALE', onHand: -1, allocated: -1 } },
    EXPIRED: { to: 'SOLD', booking: { kind: 'SALE', onHand: -1, allocated: 0 } },
  },
  expire: { HELD: { to: 'EXPIRED', booking: { kind: 'EXPIRY', onHand: 0, allocated: -1 } } },
  restock: { SOLD: { to: 'RETURNED', booking: { kind: 'RETURN', onHand: 1, allocated: 0 } }, HELD: release, EXPIRED: forget },
};
