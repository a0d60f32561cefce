import { randomFillSync } from 'node:crypto';

const randomLength = 10;
/** Drawn for many ids at once: a draw costs more than its bytes. */
const pool = Buffer.allocUnsafe(400 * randomLength);
let used = pool.length;

/** An opaque id of 22 characters: 48 bits of time, so that neighbours in time are neighbours in an index, then 80 random ones. */
export function newId(now = Date.now()): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = Buffer.allocUnsafe(6 + randomLength);
  bytes.writeUIntBE(now, 0, 6);
  pool.copy(bytes, 6, used, used + randomLength);
  used += randomLength;
  return bytes.toString('base64url');
}
