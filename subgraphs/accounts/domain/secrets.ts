import type { Fault } from '@comptoir/platform/errors.ts';
import { isStorable } from '@comptoir/platform/text.ts';

const minPasswordLength = 10;
/** Longer texts cost time to hash and nobody's memory holds them. */
const maxSecretLength = 200;

/** What is wrong with a password to be set. Length is what makes one hard to guess; rules about its characters do not (NIST SP 800-63B). */
export function passwordFaults(password: string, path: Fault['path'], login?: string | null): Fault[] {
  const length = [...password].length;
  if (length < minPasswordLength || length > maxSecretLength || !isStorable(password)) {
    return [{ path, message: `must have ${minPasswordLength} to ${maxSecretLength} characters, none of them U+0000` }];
  }
  const plain = password.toLowerCase();
  if (new Set(plain).size < 4) return [{ path, message: 'must have at least four different characters' }];
  return login && plain.includes(login.toLowerCase()) ? [{ path, message: 'must not contain the login' }] : [];
}

/** What is wrong with a PIN to be set: 4 to 8 digits, not all the same and no row of neighbours such as 1234. */
export function pinFaults(pin: string, path: Fault['path']): Fault[] {
  if (!/^\d{4,8}$/.test(pin)) return [{ path, message: 'must have 4 to 8 digits' }];
  const steps = new Set([...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index])));
  const [step] = steps;
  return steps.size === 1 && step !== undefined && Math.abs(step) <= 1
    ? [{ path, message: 'must not be one digit again and again, nor a row such as 1234' }]
    : [];
}

/** Whether a text can be anybody's password or PIN at all. */
export const mayBeSecret = (text: string): boolean => text.length > 0 && text.length <= 2 * maxSecretLength && text.isWellFormed();

/** One writing for what looks the same on two keyboards. */
export const normalized = (secret: string): string => secret.normalize('NFKC');
