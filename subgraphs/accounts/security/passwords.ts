import { ComptoirError } from '@comptoir/platform/errors.ts';
import { type Algorithm, hash, type Options, verify } from '@node-rs/argon2';
import { mayBeSecret, normalized } from '../domain/secrets.ts';

export interface Passwords {
  /** A hash to keep. */
  hash(secret: string): Promise<string>;
  /** Whether it is the secret of this hash. Of null, as of nobody, never; which takes the same time. */
  matches(hash: string | null, secret: string): Promise<boolean>;
}

/** The number behind a constant that the package declares for compilers only. */
const argon2id: Algorithm.Argon2id = 2;
/** What OWASP asks for at least (Password Storage Cheat Sheet): Argon2id with 19 MiB, two passes, one thread. */
const owasp: Options = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export interface PasswordsConfig {
  /** How many are hashed at once; 2 by default. Each takes 19 MiB and a thread of the pool, of which there are four: others have need of them too. */
  readonly atOnce?: number;
  /** How many may wait, who comes then is sent away; 100 by default, some seconds' work. */
  readonly maxWaiting?: number;
}

/** Hashes secrets of people with Argon2id, a few at a time. */
export function createPasswords({ atOnce = 2, maxWaiting = 100 }: PasswordsConfig = {}): Passwords {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= atOnce) {
      if (waiting.length >= maxWaiting)
        throw new ComptoirError('RATE_LIMITED', 'Too many people sign in at the moment: try again in a few seconds.');
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running++;
    }
    try {
      return await work();
    } finally {
      // Whoever is next takes this place over.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  }

  let nobody: Promise<string> | undefined;

  return {
    hash: (secret) => inTurn(() => hash(normalized(secret), owasp)),
    async matches(known, secret) {
      nobody ??= hash('the secret of nobody', owasp);
      const against = known ?? (await nobody);
      const given = mayBeSecret(secret) ? normalized(secret) : '';
      const same = await inTurn(() => verify(against, given));
      return same && known !== null && given !== '';
    },
  };
}
