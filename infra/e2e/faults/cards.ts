import { tokenCharacterOf } from '@comptoir/orders/payment-provider/scenarios.ts';

/** The provider's token for a card of its test numbers, as a client has it: no number of a card goes with an order. */
export const tokenFor = (number: string) => `tok_${'0'.repeat(24)}${tokenCharacterOf(number)}_${number.slice(-4)}`;

export const cards = {
  paid: tokenFor('4242424242424242'),
  declined: tokenFor('4000000000000002'),
  failsOnce: tokenFor('4000000000000119'),
  slow: tokenFor('4000000000000077'),
  refundsDeclined: tokenFor('4000000000005126'),
  refundsFail: tokenFor('4000000000007726'),
} as const;
