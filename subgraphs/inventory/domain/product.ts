import type { Fault } from '@comptoir/platform/errors.ts';
import { parseId, textFaults, wholeNumberFaults } from '@comptoir/platform/text.ts';
import { isEan13 } from './ean13.ts';
import { isSku, normaliseSku, skuRule } from './sku.ts';
import { maxQuantity } from './stock.ts';

/** What can be told of a product, as the graph's inputs have it. Left out: unsaid; null: none. */
export interface ProductInput {
  readonly name?: string | null;
  readonly priceMinor?: number | null;
  readonly sku?: string | null;
  readonly barcode?: string | null;
  readonly description?: string | null;
  readonly costMinor?: number | null;
  readonly taxPpm?: number | null;
  readonly categoryId?: string | null;
  readonly supplierId?: string | null;
  readonly alertThreshold?: number | null;
}

/** The same, checked, by the names of the columns; only what was said. */
export interface ProductColumns {
  name?: string;
  price_minor?: number;
  sku?: string;
  barcode?: string | null;
  description?: string | null;
  cost_minor?: number | null;
  tax_ppm?: number;
  category_id?: number | null;
  supplier_id?: number | null;
  alert_threshold?: number;
}

const maxPriceMinor = 2_000_000_000;
const maxTaxPpm = 1_000_000;

/** Ids of what the product refers to that are no ids at all; they cannot exist. */
export interface UnknownReference {
  readonly what: 'category' | 'supplier';
  readonly id: string;
}

/** Reads an input, every fault at once. Blanks around texts are dropped; empty ones become none where none is allowed. */
export function readProductInput(
  input: ProductInput,
  path: Fault['path'] = ['input'],
): { columns: ProductColumns; faults: Fault[]; unknown: UnknownReference | null } {
  const columns: ProductColumns = {};
  const faults: Fault[] = [];
  let unknown: UnknownReference | null = null;
  const at = (field: string) => [...path, field];
  const required = (field: keyof ProductInput) => faults.push({ path: at(field), message: 'must not be null' });

  if (input.name !== undefined) {
    if (input.name === null) required('name');
    else {
      faults.push(...textFaults(input.name, at('name'), { min: 1, max: 200 }));
      columns.name = input.name.trim();
    }
  }
  if (input.sku !== undefined && input.sku !== null) {
    columns.sku = normaliseSku(input.sku);
    if (!isSku(columns.sku)) faults.push({ path: at('sku'), message: skuRule });
  }
  if (input.barcode !== undefined) {
    columns.barcode = input.barcode?.trim() || null;
    if (columns.barcode !== null && !isEan13(columns.barcode))
      faults.push({ path: at('barcode'), message: 'must be an EAN-13: thirteen digits, the last of which checks the others' });
  }
  if (input.description !== undefined) {
    faults.push(...textFaults(input.description ?? '', at('description'), { max: 5_000 }));
    columns.description = input.description?.trim() || null;
  }
  if (input.costMinor !== undefined) {
    if (input.costMinor !== null) faults.push(...wholeNumberFaults(input.costMinor, at('costMinor'), { min: 0, max: maxPriceMinor }));
    columns.cost_minor = input.costMinor;
  }
  for (const [field, column, max] of [
    ['priceMinor', 'price_minor', maxPriceMinor],
    ['taxPpm', 'tax_ppm', maxTaxPpm],
    ['alertThreshold', 'alert_threshold', maxQuantity],
  ] as const) {
    const value = input[field];
    if (value === undefined) continue;
    if (value === null) required(field);
    else {
      faults.push(...wholeNumberFaults(value, at(field), { min: 0, max }));
      columns[column] = value;
    }
  }
  for (const [field, column, what] of [
    ['categoryId', 'category_id', 'category'],
    ['supplierId', 'supplier_id', 'supplier'],
  ] as const) {
    const value = input[field];
    if (value === undefined) continue;
    columns[column] = value === null ? null : parseId(value);
    if (value !== null && columns[column] === null) unknown ??= { what, id: value };
  }
  return { columns, faults, unknown };
}
