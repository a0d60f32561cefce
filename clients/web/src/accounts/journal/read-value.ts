/** So many of a product. */
interface Line {
  readonly productId: string | number;
  readonly quantity: number;
}

/** A value of the log, which is JSON: nothing, one plain value, a list of plain values or of lines of an order, or something to be printed as it is. */
export type ReadValue =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'truth'; readonly value: boolean }
  | { readonly kind: 'moment'; readonly at: string }
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'list'; readonly texts: readonly string[] }
  | { readonly kind: 'lines'; readonly lines: readonly Line[] }
  | { readonly kind: 'deep'; readonly text: string };

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

export function readValue(json: string | null): ReadValue {
  if (json === null) return { kind: 'nothing' };
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    // Long values are cut short, and are no JSON any more.
    return { kind: 'deep', text: json };
  }
  if (value === null || value === '') return { kind: 'nothing' };
  if (typeof value === 'boolean') return { kind: 'truth', value };
  if (typeof value === 'string') return moment.test(value) ? { kind: 'moment', at: value } : { kind: 'plain', text: value };
  if (typeof value === 'number') return { kind: 'plain', text: String(value) };
  if (Array.isArray(value) && value.every((each) => typeof each === 'string' || typeof each === 'number'))
    return value.length === 0 ? { kind: 'nothing' } : { kind: 'list', texts: value.map(String) };
  if (Array.isArray(value) && value.every(isLine)) return { kind: 'lines', lines: value };
  return { kind: 'deep', text: JSON.stringify(value, null, 2) };
}

function isLine(value: unknown): value is Line {
  const { productId, quantity, ...more } = (value ?? {}) as Record<string, unknown>;
  return typeof quantity === 'number' && /^\d+$/.test(String(productId)) && Object.keys(more).length === 0;
}
