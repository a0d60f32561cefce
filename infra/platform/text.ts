import type { Fault } from './errors.ts';

/** Whether PostgreSQL can keep the text as it is. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** What is wrong with a text that is to have so many characters, the blanks around it not counted. */
export function textFaults(text: string, path: Fault['path'], { min = 0, max }: { min?: number; max: number }): Fault[] {
  const length = [...text.trim()].length;
  if (length >= min && length <= max && isStorable(text)) return [];
  return [{ path, message: `must have ${min > 0 ? `${min} to ${max}` : `at most ${max}`} characters, none of them U+0000` }];
}

/** What is wrong with an idempotency key, if one is given. */
export function idempotencyKeyFaults(key: string | null | undefined): Fault[] {
  if (key === null || key === undefined) return [];
  return key.trim() === key
    ? textFaults(key, ['idempotencyKey'], { min: 1, max: 200 })
    : [{ path: ['idempotencyKey'], message: 'must not begin or end with a blank' }];
}

/** What is wrong with a number that is to be whole and from `min` to `max`. */
export function wholeNumberFaults(value: number, path: Fault['path'], { min, max }: { min: number; max: number }): Fault[] {
  return Number.isInteger(value) && value >= min && value <= max
    ? []
    : [{ path, message: `must be a whole number from ${min} to ${max}, is ${value}` }];
}

const emailAddress = /^[^\s@"(),:;<>[\\\]]+@[^\s@.,;:<>()[\\\]]+(\.[^\s@.,;:<>()[\\\]]+)+$/u;
const maxEmailAddressLength = 254;

/** One @, something before it, a host name with a dot behind it: more than that only a message sent there can tell. */
export const isEmailAddress = (text: string): boolean =>
  emailAddress.test(text) && text.length <= maxEmailAddressLength && isStorable(text);

const largestId = 2_147_483_647;

/** The id of a row that an opaque id stands for; null where it can be nobody's. */
export function parseId(id: string): number | null {
  if (!/^[1-9]\d{0,9}$/.test(id)) return null;
  const number = Number(id);
  return number <= largestId ? number : null;
}
