import type { CreateProductInput, ProductDetailFragment, UpdateProductInput } from '../generated/operations.ts';
import { parseNumber } from '../language/parse-number.ts';
import { sayFaults } from '../language/say-faults.ts';
import { parsePrice, priceText } from './parse-price.ts';

/** A product's sheet as it is typed. */
export interface ProductFields {
  readonly name: string;
  readonly sku: string;
  readonly barcode: string;
  readonly description: string;
  readonly price: string;
  readonly cost: string;
  readonly tax: string;
  readonly category: string;
  readonly supplier: string;
  readonly threshold: string;
  readonly initialStock: string;
}

export type FieldName = keyof ProductFields;
export type FieldFaults = Partial<Record<FieldName, string>>;
type Decimal = ',' | '.';

export const blankFields: ProductFields = {
  name: '',
  sku: '',
  barcode: '',
  description: '',
  price: '',
  cost: '',
  tax: '20',
  category: '',
  supplier: '',
  threshold: '10',
  initialStock: '0',
};

/** What the graph calls each field. */
const inputNames = {
  name: 'name',
  sku: 'sku',
  barcode: 'barcode',
  description: 'description',
  price: 'priceMinor',
  cost: 'costMinor',
  tax: 'taxPpm',
  category: 'categoryId',
  supplier: 'supplierId',
  threshold: 'alertThreshold',
  initialStock: 'initialStock',
} as const satisfies Record<FieldName, keyof CreateProductInput>;

const ppmPerPercent = 10_000;
const mostStock = 1_000_000;

/** @param costMinor null where it is not known, or not to be seen. */
export function fieldsOf(product: ProductDetailFragment, costMinor: string | null, decimal: Decimal): ProductFields {
  return {
    name: product.name,
    sku: product.sku,
    barcode: product.barcode ?? '',
    description: product.description ?? '',
    price: priceText(product.price.minor, decimal),
    cost: costMinor === null ? '' : priceText(costMinor, decimal),
    tax: String(product.taxPpm / ppmPerPercent).replace('.', decimal),
    category: product.category?.id ?? '',
    supplier: product.supplier?.id ?? '',
    threshold: String(product.alertThreshold),
    initialStock: '0',
  };
}

export function changedFields(before: ProductFields, after: ProductFields): readonly FieldName[] {
  return (Object.keys(before) as FieldName[]).filter((name) => before[name].trim() !== after[name].trim());
}

/** What is wrong, by field; `words` say it. */
export function faultsOf(fields: ProductFields, words: Readonly<Record<string, string>>): FieldFaults {
  const { name, price, cost, tax, threshold, initialStock, barcode, description } = fields;
  const wrong: Partial<Record<FieldName, boolean>> = {
    name: name.trim() === '' || [...name.trim()].length > 200,
    price: parsePrice(price) === null,
    cost: cost.trim() !== '' && parsePrice(cost) === null,
    tax: taxPpm(tax) === null,
    threshold: whole(threshold) === null,
    initialStock: whole(initialStock) === null,
    barcode: barcode.trim() !== '' && !isEan13(barcode.trim()),
    description: [...description.trim()].length > 5_000,
  };
  return sayFaults(wrong, words);
}

/** Fields that are right, as the graph takes them; empty ones that may be empty become none. */
function inputOf(fields: ProductFields, names: readonly FieldName[]) {
  const values: Record<FieldName, unknown> = {
    name: fields.name.trim(),
    sku: fields.sku.trim(),
    barcode: fields.barcode.trim() || null,
    description: fields.description.trim() || null,
    price: parsePrice(fields.price),
    cost: fields.cost.trim() === '' ? null : parsePrice(fields.cost),
    tax: taxPpm(fields.tax),
    category: fields.category || null,
    supplier: fields.supplier || null,
    threshold: whole(fields.threshold),
    initialStock: whole(fields.initialStock),
  };
  return Object.fromEntries(names.map((name) => [inputNames[name], values[name]]));
}

export function createInput(fields: ProductFields): CreateProductInput {
  const names = (Object.keys(fields) as FieldName[]).filter((name) => name !== 'sku' || fields.sku.trim() !== '');
  return inputOf(fields, names) as CreateProductInput;
}

/** Only what was changed. */
export function updateInput(before: ProductFields, after: ProductFields, expectedVersion: number): UpdateProductInput {
  const names = changedFields(before, after).filter((name) => name !== 'initialStock');
  return { ...inputOf(after, names), expectedVersion };
}

/** My changes on what somebody else has saved meanwhile. */
export function rebase(base: ProductFields, mine: ProductFields, theirs: ProductFields): ProductFields {
  return { ...theirs, ...Object.fromEntries(changedFields(base, mine).map((name) => [name, mine[name]])) };
}

/** The field that a name in the graph stands for. */
export function fieldNamed(inputName: string | number | undefined): FieldName | undefined {
  return (Object.keys(inputNames) as FieldName[]).find((name) => inputNames[name] === inputName || name === inputName);
}

function whole(text: string): number | null {
  const parsed = parseNumber(text);
  return parsed.ok && Number.isInteger(parsed.value) && parsed.value >= 0 && parsed.value <= mostStock ? parsed.value : null;
}

/** Of a rate in percent. */
function taxPpm(text: string): number | null {
  const parsed = parseNumber(text.replace(/\s*%\s*$/, ''));
  if (!parsed.ok || parsed.value < 0 || parsed.value > 100) return null;
  return Math.round(parsed.value * ppmPerPercent);
}

function isEan13(text: string): boolean {
  if (!/^\d{13}$/.test(text)) return false;
  const sum = [...text].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}
