import { type ConsumerRowFragment, ConsumersDocument } from '../../generated/operations.ts';
import { type Asked, useAsked } from '../../graph/use-asked.ts';
import { useAccountsSignal } from '../use-accounts-signal.ts';

const nothing = {};
const kinds = ['consumer'] as const;

/** The programs that may sign in, as they are now. */
export function useConsumers(): Omit<Asked<unknown>, 'data'> & { readonly consumers: readonly ConsumerRowFragment[] | null } {
  const { data, failed, reload } = useAsked(ConsumersDocument, nothing);
  useAccountsSignal(kinds, reload);
  return { consumers: data?.consumers ?? null, failed, reload };
}
