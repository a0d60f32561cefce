import { effectInvariants } from './invariants/effects.ts';
import type { Facts, Invariant } from './invariants/invariant.ts';
import { messageInvariants } from './invariants/messages.ts';
import { moneyInvariants } from './invariants/money.ts';
import { sagaInvariants } from './invariants/sagas.ts';
import { stockInvariants } from './invariants/stock.ts';

export type { Facts } from './invariants/invariant.ts';

export const invariants: readonly Invariant[] = [
  ...stockInvariants,
  ...moneyInvariants,
  ...effectInvariants,
  ...sagaInvariants,
  ...messageInvariants,
];

const shownOfEach = 10;

/** Every violation of I1 to I10, with the invariant's name; a few of each. Tests expect none: `toEqual([])`. */
export async function findViolations(facts: Facts): Promise<string[]> {
  const found: string[] = [];
  for (const { name, find } of invariants) {
    const violations = await find(facts);
    found.push(...violations.slice(0, shownOfEach).map((violation) => `${name}: ${violation}`));
    if (violations.length > shownOfEach) found.push(`${name}: ${violations.length - shownOfEach} more`);
  }
  return found.length > 0 && facts.trail ? [...found, facts.trail] : found;
}
