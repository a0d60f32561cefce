const maxLength = 40;
const pattern = new RegExp(`^[A-Z0-9](?:[A-Z0-9._/-]{0,${maxLength - 2}}[A-Z0-9])?$`);

export const skuRule = `must have 1 to ${maxLength} characters: letters A to Z, digits, and between them . _ / -`;

export function isSku(sku: string): boolean {
  return pattern.test(sku);
}

/** SKUs are kept in upper case. */
export function normaliseSku(sku: string): string {
  return sku.trim().toUpperCase();
}

/** A SKU that a person can recognise the product by, unique because of its id: `Café Kenya 250 g`, 301 → `CAFE-KENY-250-000301`. */
export function makeSku(name: string, id: number): string {
  const plain = name.replace(/œ/gi, 'oe').replace(/æ/gi, 'ae').normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
  const words = (plain.match(/[A-Z0-9]+/g) ?? []).slice(0, 3).map((word) => word.slice(0, 4));
  return [...words, String(id).padStart(6, '0')].join('-');
}
