import { parseAmount } from '@comptoir/platform/money.ts';
import { z } from 'zod';

/** A price of the graph, as far as REST tells it. */
export interface GraphAmount {
  /** A decimal number with a point, e.g. 12.50. */
  readonly amount: string;
}

export const amountField = '{ amount }';

const hasCents = (euros: number) => /^-?\d+(\.\d{1,2})?$/.test(String(euros));

const decimals = { error: 'Au plus deux décimales', params: { type: 'decimal_max_places' } };

/** A price in a body: euros as a JSON number. Nothing is rounded: what has more than two decimals is a fault. */
export const price = z.number().min(0).max(20_000_000).refine(hasCents, decimals);

/** The same in a query, where it is a text. */
export const priceParam = z.preprocess((value, context) => {
  if (typeof value !== 'string' || value === '') return value === '' ? undefined : value;
  if (/^-?\d{1,12}(\.\d{1,12})?$/.test(value)) return Number(value);
  context.addIssue({ code: 'custom', message: 'Doit être un nombre', params: { type: 'float_parsing' } });
  return z.NEVER;
}, price.optional());

/** Euros as the graph takes them, in cents. From the digits of the number, so that no binary fraction comes in between. */
export function toMinor(euros: number): number {
  return Number(parseAmount(String(euros)));
}

/** A price of the graph as a JSON number of euros. */
export function toEuros({ amount }: GraphAmount): number {
  return Number(amount);
}
