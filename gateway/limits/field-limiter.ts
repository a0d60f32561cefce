import { createHash } from 'node:crypto';
import { addressKey } from './address.ts';
import type { LimitBackend, Window } from './backend.ts';
import type { FieldLimit } from './field-limits.ts';

/** One time that a field of a root type would be resolved. */
export interface FieldUse {
  /** E.g. `Mutation.login`. */
  readonly field: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Undefined where the request did not come from one that is known; then only arguments count. */
  readonly address: string | undefined;
}

/** Whether a field may be resolved; if not, milliseconds until it may be tried again. */
export type FieldVerdict = { readonly allowed: true } | { readonly allowed: false; readonly retryMs: number };

export interface FieldLimiter {
  /** Whether there is a limit to this field, e.g. `Mutation.login`. */
  isLimited(field: string): boolean;
  /** Counts one use. */
  charge(use: FieldUse): Promise<FieldVerdict>;
}

export function createFieldLimiter(limits: readonly FieldLimit[], { backend }: { backend: LimitBackend }): FieldLimiter {
  const limitsOf = Map.groupBy(limits, ({ field }) => field);
  return {
    isLimited: (field) => limitsOf.has(field),
    async charge(use) {
      const windows = (limitsOf.get(use.field) ?? []).flatMap((limit) => windowOf(limit, use) ?? []);
      if (windows.length === 0) return { allowed: true };
      const counts = await backend.count(windows);
      const refused = counts.find(({ used }, index) => used > windows[index]!.limit);
      return refused ? { allowed: false, retryMs: refused.resetMs } : { allowed: true };
    },
  };
}

function windowOf({ field, by, max, windowMs }: FieldLimit, { args, address }: FieldUse): Window | undefined {
  const named = by === 'address' ? address && `address:${addressKey(address)}` : argumentKey(by.argument, args[by.argument]);
  return named ? { key: `{${field}}:${named}:${windowMs}`, windowMs, limit: max } : undefined;
}

/** By digest: a password typed into the wrong field is not written down, and no value is too long for a key. */
function argumentKey(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const text = String(value).normalize('NFKC').trim().toLowerCase();
  return `${name}:${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;
}
