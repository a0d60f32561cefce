import type { ErrorCode } from '@comptoir/schema/errors.ts';
import type { AnyRestRoute, Outcome, RouteInput } from './define-route.ts';
import { missing } from './missing.ts';
import { Refusal } from './refusal.ts';

type AnyInput = RouteInput<unknown, unknown, unknown>;

interface Refused {
  readonly code: ErrorCode;
  /** Where neither the route nor the catalogue of errors knows better. */
  readonly words?: string;
}

/** The types of the graph's unions that are refusals, and what they are in REST. Any other type is a success. */
const refusedOutcomes: Readonly<Record<string, Refused>> = {
  NotFound: { code: 'NOT_FOUND' },
  IdempotencyConflict: { code: 'IDEMPOTENCY_CONFLICT' },
  AlreadyTaken: { code: 'CONFLICT', words: 'Conflit : cette valeur est déjà prise' },
  StaleValue: { code: 'CONFLICT' },
  StaleStock: { code: 'CONFLICT', words: 'Le stock a changé entre-temps : à recompter' },
  InsufficientStock: { code: 'CONFLICT', words: 'Stock insuffisant' },
  // For clients of REST it was deleted.
  ProductOutOfSale: { code: 'NOT_FOUND', words: missing.product },
  OrderTransitionRefused: { code: 'CONFLICT', words: 'La commande ne peut pas passer à ce statut' },
  CartCheckedOut: { code: 'CONFLICT', words: 'Le panier est déjà validé' },
};

/** Throws where what the document answers is a refusal. */
export function refuseOutcomes(route: AnyRestRoute, data: Readonly<Record<string, unknown>>, input: AnyInput): void {
  for (const value of Object.values(data)) {
    const outcome = value as Outcome | null;
    const refused = outcome && typeof outcome === 'object' ? refusedOutcomes[outcome.__typename] : undefined;
    if (!outcome || !refused) continue;
    const words = route.refusals?.[outcome.__typename];
    throw new Refusal(refused.code, (typeof words === 'function' ? words(outcome, input) : words) ?? refused.words);
  }
}

/** The codes with which a route is refused by outcomes that it has words for: what its description tells. */
export function refusalCodes({ refusals = {} }: AnyRestRoute): ErrorCode[] {
  return Object.keys(refusals).flatMap((type) => refusedOutcomes[type]?.code ?? []);
}
