import type { Tone } from '../controls/mark.tsx';
import type { SagaDetailFragment, SagaRowFragment, SagaState } from '../generated/operations.ts';

export type SagaRow = SagaRowFragment;
export type SagaDetail = SagaDetailFragment;

const running = [
  'PENDING',
  'STOCK_CHECKING',
  'STOCK_RESERVED',
  'ORDER_CREATED',
  'PAYMENT_PROCESSING',
  'PAYMENT_COMPLETED',
  'REFUND_PROCESSING',
  'REFUNDED',
  'RESTOCKED',
] as const satisfies readonly SagaState[];

export const sagaFilters = ['toutes', 'en-cours', 'terminees', 'compensation', 'compensees', 'en-echec'] as const;
export type SagaFilter = (typeof sagaFilters)[number];

/** The states a filter lists; null for all. */
export const statesOf: Readonly<Record<SagaFilter, readonly SagaState[] | null>> = {
  toutes: null,
  'en-cours': running,
  terminees: ['COMPLETED'],
  compensation: ['COMPENSATING'],
  compensees: ['COMPENSATED'],
  'en-echec': ['FAILED'],
};

export const hasEnded = ({ state }: { readonly state: SagaState }) => state === 'COMPLETED' || state === 'COMPENSATED';

export function toneOf({ state, paused }: { readonly state: SagaState; readonly paused: boolean }): Tone {
  if (state === 'COMPLETED') return 'good';
  if (state === 'FAILED') return 'bad';
  if (state === 'COMPENSATED' || state === 'COMPENSATING') return 'warn';
  return paused ? 'calm' : 'busy';
}

/** The end of an id tells sagas apart; its beginning is the time. */
export const shortId = (id: string) => id.slice(-8);

/** The customer of a saga in a few words: one that does not exist (any more) has its number only. */
export function customerName(
  { customer, customerRef }: Pick<SagaRow, 'customer' | 'customerRef'>,
  unknown: (id: string) => string,
): string {
  if (customer !== null && customer !== undefined) return `${customer.firstName} ${customer.lastName}`;
  return customerRef === null || customerRef === undefined ? '—' : unknown(customerRef.id);
}
