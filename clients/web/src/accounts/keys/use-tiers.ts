import { type Tier, TierLimitsDocument } from '../../generated/operations.ts';
import { useAsked } from '../../graph/use-asked.ts';
import type { Limits } from './consumer-sheet.ts';

const nothing = {};

/** What each tier allows; null before it is known. It is part of the release and does not change. */
export function useTiers(): ReadonlyMap<Tier, Limits> | null {
  const tiers = useAsked(TierLimitsDocument, nothing).data?.tiers ?? null;
  return tiers && new Map(tiers.map(({ tier, limits }) => [tier, limits]));
}
