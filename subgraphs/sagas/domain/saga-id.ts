import { randomFillSync } from 'node:crypto';

/** Crockford's: no letters that are taken for digits. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const prefix = 'saga_';
const timeLength = 10;
const randomLength = 16;

/** `saga_` and 26 characters of base 32: 48 bits of time, so that neighbours in time are neighbours in an index, then 80 random ones. */
export function newSagaId(now = Date.now()): string {
  let time = '';
  for (let rest = now, n = 0; n < timeLength; n++) {
    time = alphabet.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  const random = Array.from(randomFillSync(new Uint8Array(randomLength)), (byte) => alphabet.charAt(byte % 32)).join('');
  return `${prefix}${time}${random}`;
}

/** Of any base 32: ids of promised sagas are made by others. */
export const isSagaId = (id: string) => /^saga_[0-9a-z]{26}$/.test(id);
