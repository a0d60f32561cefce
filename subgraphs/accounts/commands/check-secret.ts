import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import { isStorable } from '@comptoir/platform/text.ts';
import { type Counted, lockOuts, type Method } from '../domain/lock-out.ts';
import { consumerIdOfStaff } from '../domain/staff-id.ts';
import type { createTurns } from '../security/in-turn.ts';
import type { Passwords } from '../security/passwords.ts';
import { beginAttempt, purgeAttempts } from '../store/attempts.ts';
import { type Account, findAccount, lockStaff, readAccount, readStaffMembers, type StaffRow } from '../store/staff.ts';

export interface CheckDeps {
  readonly database: Database;
  readonly passwords: Passwords;
  /** Attempts of one account one after another: right ones at the same time would count as failed ones of each other. */
  readonly inTurn: ReturnType<typeof createTurns>;
}

export interface SecretOutcomes<T> {
  /** In the transaction that holds the person; null takes it for wrong after all. Forgets the attempts itself. */
  right(em: EntityManager, staff: StaffRow, attempts: string): Promise<T | null>;
  /** `staff`: whose secret it was not; null for nobody's. `lockSeconds`: for how long the account is locked now, 0 for not at all. */
  wrong(em: EntityManager, staff: StaffRow | null, lockSeconds: number): Promise<T>;
  locked(retryAfterSeconds: number): T;
}

const maxLoginLength = 100;

/** By what the attempts of a member of staff are counted. */
export const attemptsOf = (counted: Counted, staffId: number): string => `${counted}:${consumerIdOfStaff(staffId)}`;

/**
 * Checks a password or PIN. Who is not known, may not sign in or has no PIN takes the same steps, with a hash of nobody's, so that neither answer nor time
 * tell them from one who gave the wrong secret; they are locked as well.
 */
export async function checkSecret<T>(
  { database, passwords, inTurn }: CheckDeps,
  { login, method, secret, counted = method }: { login: string; method: Method; secret: string; counted?: Counted },
  outcomes: SecretOutcomes<T>,
): Promise<T> {
  const name = login.trim();
  const known = name.length > 0 && name.length <= maxLoginLength && isStorable(name);
  const account = known ? await findAccount(database.fork(), name, { byBadge: method === 'pin' }) : null;
  const attempts = account ? attemptsOf(counted, account.id) : `${counted}:login:${known ? name.toLowerCase() : ''}`;
  return inTurn(attempts, async () => {
    const attempt = await beginAttempt(database.fork(), attempts, lockOuts[counted]);
    if (attempt.kind === 'locked') return outcomes.locked(attempt.retryAfterSeconds);
    const hash = account && hashOf(account, method);
    if ((await passwords.matches(hash, secret)) && account) {
      const outcome = await database.transaction(async (em) => {
        const staff = await lockStaff(em, account.id);
        const now = await readAccount(em, account.id);
        // Disabled, or given another secret, while this one was looked at.
        if (!staff?.active || !now || hashOf(now, method) !== hash) return null;
        return outcomes.right(em, staff, attempts);
      });
      if (outcome !== null) return outcome;
    }
    return database.transaction(async (em) => {
      await purgeAttempts(em);
      // Asked for nobody as well: so many statements, so much time.
      const [staff] = await readStaffMembers(em, [account?.id ?? 0]);
      return outcomes.wrong(em, staff ?? null, attempt.lockSeconds);
    });
  });
}

const hashOf = ({ passwordHash, pinHash }: Account, method: Method) => (method === 'password' ? passwordHash : pinHash);
