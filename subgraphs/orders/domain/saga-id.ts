import { randomFillSync } from 'node:crypto';

/** Crockford's: no letters that are taken for digits. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** The id of a saga that is promised here: `saga_` and 26 characters of base 32, the first ten of them the time in milliseconds, so that ids sort by it. */
export function newSagaId(nowMs = Date.now()): string {
  const time = Array.from({ length: 10 }, (_, index) => alphabet.charAt(Math.floor(nowMs / 32 ** (9 - index)) % 32));
  const random = Array.from(randomFillSync(new Uint8Array(16)), (byte) => alphabet.charAt(byte % 32));
  return `saga_${time.join('')}${random.join('')}`;
}
