import type { CustomerOptionFragment, ProductRowFragment, StartOrderProcessingInput } from '../generated/operations.ts';
import { parseNumber } from '../language/parse-number.ts';

export interface DraftLine {
  readonly product: Pick<ProductRowFragment, 'id' | 'name' | 'sku' | 'price' | 'available'>;
  /** As it was typed. */
  readonly quantity: string;
}

/** An order as it is put together. */
export interface DraftOrder {
  /** One that does not exist has an id only. */
  readonly customer: (Pick<CustomerOptionFragment, 'id'> & Partial<CustomerOptionFragment>) | null;
  readonly lines: readonly DraftLine[];
  readonly address: string;
  readonly placeId: string;
  readonly payment: string;
}

export type DraftFault = 'customer' | 'lines' | 'quantity' | 'address';

export const blankOrder: DraftOrder = { customer: null, lines: [], address: '', placeId: '', payment: 'card' };

const mostOfOne = 10_000;

/** A whole number from 1 to 10,000; null where it is none. */
export function readQuantity(text: string): number | null {
  const parsed = parseNumber(text);
  return parsed.ok && Number.isInteger(parsed.value) && parsed.value >= 1 && parsed.value <= mostOfOne ? parsed.value : null;
}

/** Adds one of a product, to its line where it has one. */
export function addProduct(lines: readonly DraftLine[], product: DraftLine['product']): DraftLine[] {
  if (!lines.some((line) => line.product.id === product.id)) return [...lines, { product, quantity: '1' }];
  return lines.map((line) =>
    line.product.id === product.id ? { product, quantity: String(Math.min(mostOfOne, (readQuantity(line.quantity) ?? 0) + 1)) } : line,
  );
}

/** What all lines come to in minor units; lines without a quantity count as none. */
export function totalMinor(lines: readonly DraftLine[]): bigint {
  return lines.reduce((sum, { product, quantity }) => sum + BigInt(product.price.minor) * BigInt(readQuantity(quantity) ?? 0), 0n);
}

/** Minor units of a currency with two decimals as the graph writes amounts. */
export function amountOf(minor: bigint): string {
  const text = String(minor).padStart(3, '0');
  return `${text.slice(0, -2)}.${text.slice(-2)}`;
}

export function faultsOf({ customer, lines, address }: DraftOrder): ReadonlySet<DraftFault> {
  const faults = new Set<DraftFault>();
  if (customer === null) faults.add('customer');
  if (lines.length === 0) faults.add('lines');
  if (lines.some(({ quantity }) => readQuantity(quantity) === null)) faults.add('quantity');
  if (address.trim() === '') faults.add('address');
  return faults;
}

/** Of a draft without faults. */
export function inputOf({ customer, lines, address, placeId, payment }: DraftOrder): StartOrderProcessingInput {
  return {
    customerId: customer?.id ?? '',
    lines: lines.map(({ product, quantity }) => ({ productId: product.id, quantity: readQuantity(quantity) ?? 0 })),
    shippingAddress: address.trim(),
    paymentMethod: payment,
    placeId: placeId === '' ? null : placeId,
  };
}
