import { describe, expect, it } from 'vitest';
import { type Ending, reservationStates, transitions } from './reservation.ts';

const all = Object.entries(transitions).flatMap(([ending, from]) =>
  reservationStates.flatMap((state) => {
    const transition = from[state];
    return transition ? [{ ending: ending as Ending, state, ...transition }] : [];
  }),
);

describe('the transitions of a reservation', () => {
  it('take from what is allocated exactly when the goods were held until then', () => {
    for (const { state, booking } of all) expect(booking?.allocated ?? 0).toBe(state === 'HELD' ? -1 : 0);
  });

  it('take goods away for a sale only, and bring back only what was sold', () => {
    for (const { state, to, booking } of all) {
      expect(booking?.onHand ?? 0).toBe(to === 'SOLD' ? -1 : state === 'SOLD' ? 1 : 0);
    }
  });

  it('never lead out of what was released or returned, nor back to held', () => {
    expect(all.filter(({ state }) => state === 'RELEASED' || state === 'RETURNED')).toEqual([]);
    expect(all.filter(({ state, to }) => state === to || to === 'HELD')).toEqual([]);
  });
});
