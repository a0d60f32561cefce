import { createHash, randomBytes } from 'node:crypto';

/** What is kept of a key, and what it is looked up by: a comparison of hashes tells nothing of how near a guess was. */
export function hashOfKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** What of a key may be shown: enough to tell keys apart, too little to help a guess at 256 bits. */
export const prefixOfKey = (key: string): string => key.slice(0, 9);
export const lastFourOfKey = (key: string): string => key.slice(-4);

/** A new key: 256 bits, with a prefix by which people and scanners of source code know it. */
export const newApiKey = (): string => `cmpt_${randomBytes(32).toString('base64url')}`;
