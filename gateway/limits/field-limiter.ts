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
      const limits = limitsOf.get(use.field) ?? [];
      // What is refused to one address is not counted against whom it tries for: it would keep out those who are elsewhere.
      for (const part of [limits.filter(isOfOneAddress), limits.filter((limit) => !isOfOneAddress(limit))]) {
        const windows = part.flatMap((limit) => windowOf(limit, use) ?? []);
        if (windows.length === 0) continue;
        const counts = await backend.count(windows);
        const refused = counts.find(({ used }, index) => used > windows[index]!.limit);
        if (refused) return { allowed: false, retryMs: refused.resetMs };
      }
      return { allowed: true };
    },
  };
}

const isOfOneAddress = ({ by }: FieldLimit): boolean => by === 'address' || by.fromOneAddress === true;

function windowOf({ field, by, max, windowMs }: FieldLimit, { args, address }: FieldUse): Window | undefined {
  const from = address && `address:${addressKey(address)}`;
  const named = by === 'address' ? from : argumentKey(by.argument, args[by.argument]);
  // Whose address is not known are counted as one: none of them may try without bounds.
  const origin = by !== 'address' && by.fromOneAddress ? `:${from ?? 'address:?'}` : '';
  return named ? { key: `{${field}}:${named}${origin}:${windowMs}`, windowMs, limit: max } : undefined;
}

/** By digest: a password typed into the wrong field is not written down, and no value is too long for a key. */
function argumentKey(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const text = String(value).normalize('NFKC').trim().toLowerCase();
  return `${name}:${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;
}
