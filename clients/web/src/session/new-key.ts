/** A key that makes a submission safe to repeat. Works on plain HTTP too, where crypto.randomUUID is not there. */
export function newIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
