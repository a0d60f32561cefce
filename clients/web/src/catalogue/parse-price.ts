import { parseNumber } from '../language/parse-number.ts';

const mostMinor = 2_000_000_000;

/** A price as a person types it, "12,50" or "12.5 €", in minor units; null where it is none. */
export function parsePrice(text: string): number | null {
  const parsed = parseNumber(text.replace(/\s*€\s*$/, ''));
  if (!parsed.ok) return null;
  const minor = Math.round(parsed.value * 100);
  // More than two decimals are no price.
  if (Math.abs(minor - parsed.value * 100) > 1e-6 * Math.max(1, minor)) return null;
  return minor >= 0 && minor <= mostMinor ? minor : null;
}

/** Minor units as a person types them in this language. */
export function priceText(minor: string | number, decimal: ',' | '.'): string {
  const digits = String(minor).padStart(3, '0');
  return `${digits.slice(0, -2)}${decimal}${digits.slice(-2)}`;
}
