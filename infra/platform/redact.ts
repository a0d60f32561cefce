const secretKeys = new Set([
  'authorization',
  'cookie',
  'setcookie',
  'xapikey',
  'xapitoken',
  'apikey',
  'apitoken',
  'accesstoken',
  'refreshtoken',
  'token',
  'password',
  'passwd',
  'passphrase',
  'pin',
  'secret',
  'gatewaysecret',
  'xcomptoirprincipal',
  'card',
  'cardnumber',
  'pan',
  'cvc',
  'cvv',
  'cardholder',
  'cardexpiry',
]);

export const redacted = '[redacted]';

/** Deeper values are left out of a log line rather than searched. */
const maxDepth = 8;

/** The user's password in any URL within the text is replaced by `***`. */
export function maskUrlPasswords(text: string): string {
  return text.includes('://') ? text.replace(/(:\/\/[^/\s:@]*):[^\s]*@(?=[^@\s]*)/g, '$1:***@') : text;
}

/** The same value with what must not be logged replaced: secrets by the name of their field, at any depth, and passwords in URLs. */
export function redactSecrets(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskUrlPasswords(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxDepth) return '[deeper]';
  if (Array.isArray(value)) return value.map((item) => redactSecrets(item, depth + 1));
  // Errors have their own serializer; other instances know themselves how to be written.
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  const told: [string, unknown][] = [];
  for (const [key, item] of Object.entries(value)) told.push([key, isSecretKey(key) ? redacted : redactSecrets(item, depth + 1)]);
  return Object.fromEntries(told);
}

/** Whether it is one, of keys seen before: the same few are on every line. */
const known = new Map<string, boolean>();
const maxKnown = 1_000;
const maxKnownLength = 100;

export function isSecretKey(key: string): boolean {
  let isSecret = known.get(key);
  if (isSecret === undefined) {
    isSecret = secretKeys.has(key.replace(/[-_]/g, '').toLowerCase());
    if (known.size < maxKnown && key.length <= maxKnownLength) known.set(key, isSecret);
  }
  return isSecret;
}
