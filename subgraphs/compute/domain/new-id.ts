import { randomFillSync } from 'node:crypto';

/** An opaque id of 22 characters: 48 bits of time, so that neighbours in time are neighbours in an index, then 80 random ones. */
export function newId(now = Date.now()): string {
  const bytes = Buffer.allocUnsafe(16);
  bytes.writeUIntBE(now, 0, 6);
  randomFillSync(bytes, 6);
  return bytes.toString('base64url');
}
