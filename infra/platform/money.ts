/** Money is whole amounts of a currency's smallest unit, as bigint; a float appears only where a documented message asks for one. */

export interface Money {
  /** In the currency's smallest unit, e.g. cents. */
  readonly minor: bigint;
  /** ISO 4217. */
  readonly currency: string;
}

/** The type Money of the graph. */
export interface GraphMoney {
  readonly amount: string;
  readonly minor: string;
  readonly currency: string;
}

export const defaultCurrency = 'EUR';

const million = 1_000_000n;
const digitsByCurrency = new Map<string, number>();

/** Digits behind the point that the currency has, e.g. 2 for EUR and 0 for JPY. Throws RangeError for what is no currency's code. */
export function minorDigits(currency: string): number {
  let digits = digitsByCurrency.get(currency);
  if (digits === undefined) {
    if (!/^[A-Z]{3}$/.test(currency)) throw new RangeError(`${currency} is not the code of a currency`);
    digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    digitsByCurrency.set(currency, digits);
  }
  return digits;
}

/** `12.5` or `-3` as minor units. Throws RangeError for anything but a decimal number with at most the currency's digits: nothing is rounded in silence. */
export function parseAmount(text: string, currency = defaultCurrency): bigint {
  const digits = minorDigits(currency);
  const match = /^(-?)(\d{1,30})(?:\.(\d{1,10}))?$/.exec(text);
  const fraction = match?.[3] ?? '';
  if (!match || fraction.length > digits)
    throw new RangeError(`${text} is not an amount in ${currency} with at most ${digits} digits behind the point`);
  const minor = BigInt(`${match[2]}${fraction.padEnd(digits, '0')}`);
  return match[1] === '-' ? -minor : minor;
}

/** Minor units as a decimal number with all of the currency's digits, e.g. `12.50`. */
export function formatAmount(minor: bigint, currency = defaultCurrency): string {
  const digits = minorDigits(currency);
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return `${minor < 0n ? '-' : ''}${whole}${digits > 0 ? `.${text.slice(-digits)}` : ''}`;
}

/** As the graph shows it; takes minor units as databases and messages give them, too. */
export function toGraphMoney(minor: bigint | string | number, currency = defaultCurrency): GraphMoney {
  const exact = BigInt(minor);
  return { amount: formatAmount(exact, currency), minor: exact.toString(), currency };
}

/** As a JSON number of the currency's unit, for documented messages and bodies that have floats. Exact up to 2^53 minor units, as far as a float can be. */
export function toDecimalNumber(minor: bigint, currency = defaultCurrency): number {
  return Number(formatAmount(minor, currency));
}

/** numerator / denominator, rounded to the nearest whole number, halves away from zero (as French invoices do). */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) throw new RangeError('the denominator must be above zero');
  const half = denominator / 2n + (denominator % 2n);
  const magnitude = numerator < 0n ? -numerator : numerator;
  const quotient = magnitude / denominator + (magnitude % denominator >= half ? 1n : 0n);
  return numerator < 0n ? -quotient : quotient;
}

/** The tax within an amount that includes it, at a rate in parts per million (200000 is 20 %). */
export function taxWithin(gross: bigint, ratePpm: number): bigint {
  if (!Number.isInteger(ratePpm) || ratePpm < 0) throw new RangeError(`${ratePpm} is not a rate in parts per million`);
  return divideHalfUp(gross * BigInt(ratePpm), million + BigInt(ratePpm));
}

/**
 * Splits an amount in proportion to the weights, to the last minor unit: the shares add up to it exactly (largest remainder; of equal remainders the first).
 * Where all weights are zero the shares are equal. Throws RangeError for no weights at all or one below zero.
 */
export function shareOut(total: bigint, weights: readonly bigint[]): bigint[] {
  if (weights.length === 0) throw new RangeError('there is nobody to share with');
  if (weights.some((weight) => weight < 0n)) throw new RangeError('a weight is below zero');
  if (weights.every((weight) => weight === 0n))
    return shareOut(
      total,
      weights.map(() => 1n),
    );
  if (total < 0n) return shareOut(-total, weights).map((share) => -share);
  const sum = weights.reduce((left, right) => left + right);
  const shares = weights.map((weight) => (total * weight) / sum);
  const missing = Number(total - shares.reduce((left, right) => left + right));
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (total * weight) % sum }))
    .sort((left, right) => (left.remainder === right.remainder ? left.index - right.index : left.remainder < right.remainder ? 1 : -1));
  for (const { index } of byRemainder.slice(0, missing)) shares[index] = (shares[index] as bigint) + 1n;
  return shares;
}
