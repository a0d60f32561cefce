/** Why a text is not a number one can calculate with. */
export type NumberFault = 'missing' | 'not-a-number' | 'too-large';

export type ParsedNumber = { readonly ok: true; readonly value: number } | { readonly ok: false; readonly fault: NumberFault };

const spaces = /[\s\u00a0\u202f]/g;
const plain = /^[+-]?(\d+([.]\d*)?|[.]\d+)(e[+-]?\d+)?$/i;
const groupedBySpaces = /^[+-]?\d{1,3}( \d{3})+([.,]\d*)?$/;

/**
 * Reads a number as a person types it: "3,5" and "3.5", "1 234,5", "1.234,5", "1,234.5", "−2", "1e3".
 * A single comma is always a decimal comma: "1,234" is one and 234 thousandths.
 */
export function parseNumber(text: string): ParsedNumber {
  const trimmed = text.trim().replace(/[−–]/g, '-').replace(spaces, ' ');
  if (trimmed === '') return { ok: false, fault: 'missing' };
  const joined = groupedBySpaces.test(trimmed) ? trimmed.replaceAll(' ', '') : trimmed;
  const candidate = withDecimalPoint(joined);
  if (!plain.test(candidate)) return { ok: false, fault: 'not-a-number' };
  const value = Number(candidate);
  return Number.isFinite(value) ? { ok: true, value } : { ok: false, fault: 'too-large' };
}

/** The same number with "." before its decimals and nothing between its thousands; other text unchanged. */
function withDecimalPoint(text: string): string {
  const commas = text.split(',').length - 1;
  const points = text.split('.').length - 1;
  if (commas === 0 && points < 2) return text;
  if (commas === 1 && points === 0) return text.replace(',', '.');
  const [group, decimal] = text.lastIndexOf(',') > text.lastIndexOf('.') ? ['.', ','] : [',', '.'];
  const decimals = text.split(decimal).length - 1;
  const groups = decimals > 1 ? decimal : group;
  const whole = decimals === 1 ? text.slice(0, text.indexOf(decimal)) : text;
  const wellGrouped = new RegExp(`^[+-]?\\d{1,3}(\\${groups}\\d{3})+$`).test(whole);
  if (!wellGrouped) return text;
  const rest = decimals === 1 ? `.${text.slice(text.indexOf(decimal) + 1)}` : '';
  return whole.replaceAll(groups, '') + rest;
}
