import { createHash } from 'node:crypto';

/** What is kept of a key, and what it is looked up by: a comparison of hashes tells nothing of how near a guess was. */
export function hashOfKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
