import type { Fault } from '@comptoir/platform/errors.ts';
import { parseId, wholeNumberFaults } from '@comptoir/platform/text.ts';

export interface CartLine {
  readonly productId: number;
  readonly quantity: number;
}

export interface PricedLine extends CartLine {
  /** Of one, tax included. */
  readonly unitPriceMinor: bigint;
}

const maxLines = 100;
const maxQuantity = 10_000;
/** Of one product, in minor units: ten thousand million euros; the total of an order fits a bigint column by far. */
const maxUnitPriceMinor = 1_000_000_000_000n;

/** What it all comes to, tax included. */
export function totalOf(lines: readonly Pick<PricedLine, 'quantity' | 'unitPriceMinor'>[]): bigint {
  return lines.reduce((sum, { quantity, unitPriceMinor }) => sum + BigInt(quantity) * unitPriceMinor, 0n);
}

function countFaults(lines: readonly unknown[], path: Fault['path'], min: number): Fault[] {
  return lines.length >= min && lines.length <= maxLines
    ? []
    : [{ path, message: `must have ${min} to ${maxLines} lines, has ${lines.length}` }];
}

interface LineInput {
  readonly productId: string;
  readonly quantity: number;
}

function readLine({ productId, quantity }: LineInput, path: Fault['path']): { line: CartLine; faults: Fault[] } {
  const id = parseId(productId);
  const faults = wholeNumberFaults(quantity, [...path, 'quantity'], { min: 1, max: maxQuantity });
  if (id === null) faults.unshift({ path: [...path, 'productId'], message: `is not the id of a product: ${productId.slice(0, 50)}` });
  return { line: { productId: id ?? 0, quantity }, faults };
}

/** The lines of an order as they were given, or everything that is wrong with them. Prices are whole minor units, as text or number. */
export function readOrderLines(
  given: readonly (LineInput & { readonly unitPriceMinor: number | string })[],
  path: Fault['path'],
): { lines: PricedLine[]; faults: Fault[] } {
  const faults = countFaults(given, path, 1);
  const lines = given.slice(0, maxLines).map((input, index) => {
    const at = [...path, index];
    const { line, faults: found } = readLine(input, at);
    faults.push(...found);
    const price = /^\d{1,15}$/.test(String(input.unitPriceMinor)) ? BigInt(input.unitPriceMinor) : null;
    if (price === null || price > maxUnitPriceMinor) {
      faults.push({ path: [...at, 'unitPriceMinor'], message: `must be a whole number of minor units from 0 to ${maxUnitPriceMinor}` });
    }
    return { ...line, unitPriceMinor: price ?? 0n };
  });
  return { lines, faults };
}

/** The lines of a cart, those of one product put together, by product; or everything that is wrong with them. A cart may be empty. */
export function readCartLines(given: readonly LineInput[], path: Fault['path']): { lines: CartLine[]; faults: Fault[] } {
  const faults = countFaults(given, path, 0);
  const merged = new Map<number, number>();
  given.slice(0, maxLines).forEach((input, index) => {
    const at = [...path, index];
    const { line, faults: found } = readLine(input, at);
    faults.push(...found);
    if (found.length > 0) return;
    const sum = (merged.get(line.productId) ?? 0) + line.quantity;
    if (sum > maxQuantity) faults.push({ path: [...at, 'quantity'], message: `lines of one product must come to at most ${maxQuantity}` });
    merged.set(line.productId, sum);
  });
  const lines = [...merged].map(([productId, quantity]) => ({ productId, quantity })).sort((a, b) => a.productId - b.productId);
  return { lines, faults };
}
