import { recordAudit } from '@comptoir/platform/audit.ts';
import type { Database } from '@comptoir/platform/database.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import { once } from '@comptoir/platform/idempotency.ts';
import type { Principal } from '@comptoir/platform/principal.ts';
import { idempotencyKeyFaults, isStorable, textFaults } from '@comptoir/platform/text.ts';
import { lastFourOfKey, newApiKey, prefixOfKey } from '../domain/api-key.ts';
import { insertApiKey, lockApiKey, revokeApiKey as revoke } from '../store/api-keys.ts';
import { lockConsumer } from '../store/consumers.ts';
import { demandEverywhere, type Missing, type Refused } from './outcomes.ts';

/** `secret`: the key itself, null for a repetition. It is kept nowhere. */
export type IssueOutcome = { readonly kind: 'issued'; readonly id: string; readonly secret: string | null } | Missing;

const longestYears = 10;

/** Issues a key. Errors: BAD_USER_INPUT with every fault; IDEMPOTENCY_CONFLICT. */
export async function issueApiKey(
  database: Database,
  {
    principal,
    input,
    idempotencyKey,
  }: {
    principal: Principal;
    input: { readonly consumerId: string; readonly label?: string; readonly expiresAt?: Date | null };
    idempotencyKey?: string | null;
  },
): Promise<IssueOutcome> {
  demandEverywhere(principal);
  const { consumerId, expiresAt = null } = input;
  const label = (input.label ?? '').trim();
  const faults = [...textFaults(label, ['input', 'label'], { max: 100 }), ...idempotencyKeyFaults(idempotencyKey)];
  const latest = Date.now() + longestYears * 366 * 86_400_000;
  if (expiresAt && (expiresAt.getTime() <= Date.now() || expiresAt.getTime() > latest)) {
    faults.push({ path: ['input', 'expiresAt'], message: `must be later than now and within ${longestYears} years` });
  }
  if (faults.length > 0) throw badUserInput(faults);
  if (!isStorable(consumerId)) return { kind: 'missing' };
  const request = {
    principal: principal.consumerId,
    operation: 'issueApiKey',
    key: idempotencyKey,
    input: { consumerId, label, expiresAt: expiresAt?.toISOString() ?? null },
  };
  // Outside of what is kept with the idempotency key, which is where a repetition reads its answer.
  let secret: string | null = null;
  const outcome = await database.transaction(async (em) => {
    secret = null;
    return once(em, request, async () => {
      const consumer = await lockConsumer(em, consumerId);
      if (!consumer) return { kind: 'missing' as const };
      const key = newApiKey();
      const id = await insertApiKey(em, key, { consumerId, label, expiresAt });
      await recordAudit(em, {
        actor: principal,
        action: 'api_key.issued',
        entityType: 'api_key',
        entityId: id,
        entityName: `${prefixOfKey(key)}…${lastFourOfKey(key)}`,
        summary: `Key ${prefixOfKey(key)}…${lastFourOfKey(key)} of ${consumer.name} was issued`,
        changes: [
          { field: 'consumerId', after: consumerId },
          { field: 'label', after: label },
          { field: 'expiresAt', after: expiresAt?.toISOString() ?? null },
        ],
      });
      secret = key;
      return { kind: 'issued' as const, id };
    });
  });
  return outcome.kind === 'issued' ? { ...outcome, secret } : outcome;
}

const alreadyRevoked: Refused = { kind: 'refused', reason: 'ALREADY_REVOKED', message: 'The key was revoked before.' };

/** Makes a key invalid for good. */
export async function revokeApiKey(
  database: Database,
  { principal, id }: { principal: Principal; id: string },
): Promise<{ readonly kind: 'revoked' } | Missing | Refused> {
  demandEverywhere(principal);
  return database.transaction(async (em) => {
    const key = await lockApiKey(em, id);
    if (!key) return { kind: 'missing' as const };
    if (key.revokedAt !== null) return alreadyRevoked;
    await revoke(em, id);
    const entityName = `${key.prefix}…${key.lastFour}`;
    const summary = `Key ${entityName} was revoked`;
    const changes = [{ field: 'consumerId', before: key.consumerId }];
    await recordAudit(em, {
      actor: principal,
      action: 'api_key.revoked',
      entityType: 'api_key',
      entityId: id,
      entityName,
      summary,
      changes,
    });
    return { kind: 'revoked' as const };
  });
}
