import { expect } from 'vitest';
import { ask } from '../graph.ts';

/** The states of order processing, in the documented order. */
export const statesOfSuccess = [
  'PENDING',
  'STOCK_CHECKING',
  'STOCK_RESERVED',
  'ORDER_CREATED',
  'PAYMENT_PROCESSING',
  'PAYMENT_COMPLETED',
  'COMPLETED',
];
export const stepsOfSuccess = ['CHECK_STOCK', 'RESERVE_STOCK', 'CREATE_ORDER', 'PROCESS_PAYMENT', 'CONFIRM_ORDER'];

/** A test card that the payment provider is slow with. */
export const slowCard = '4000 0000 0000 0077';

export const address = '12 rue des Halles, 45000 Orléans';

/** Starts an order; returns the saga's id. */
export async function startOrder(
  url: string,
  {
    customerId,
    productId = '1',
    quantity = 2,
    paymentMethod = 'card',
  }: { customerId: string; productId?: string; quantity?: number; paymentMethod?: string },
): Promise<string> {
  const { data, errors } = await ask(
    url,
    `mutation ($input: StartOrderProcessingInput!) {
      startOrderProcessing(input: $input) { __typename ... on OrderProcessingStarted { saga { id } } }
    }`,
    { input: { customerId, lines: [{ productId, quantity }], shippingAddress: address, paymentMethod } },
  );
  expect([errors, data?.startOrderProcessing.__typename]).toEqual([[], 'OrderProcessingStarted']);
  return data.startOrderProcessing.saga.id;
}

const sagaFields = `id state error order { id status } steps { step status } compensations { step status } events { state }`;

/** Waits until the saga has ended; returns it. */
export async function sagaEnded(url: string, id: string) {
  const read = async () => (await ask(url, `query ($id: ID!) { saga(id: $id) { ${sagaFields} } }`, { id })).data.saga;
  await expect.poll(async () => (await read())?.state, { timeout: 30_000, interval: 100 }).toMatch(/^(COMPLETED|COMPENSATED|FAILED)$/);
  return read();
}

/** Without what is repeated side by side. */
export const changes = <T>(values: readonly T[]): T[] => values.filter((value, index) => index === 0 || value !== values[index - 1]);

/** Whether these states come in the order of those; a snapshot may leave some out. */
export function isInOrder(states: readonly string[], all: readonly string[]): boolean {
  const places = states.map((state) => all.indexOf(state));
  return places.every((place, index) => place >= 0 && place > (places[index - 1] ?? -1));
}
