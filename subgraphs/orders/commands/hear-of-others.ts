import type { Database } from '@comptoir/platform/database.ts';
import { handleOnce } from '@comptoir/platform/inbox.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import { openStatuses } from '../domain/order-status.ts';
import { orderUpdated } from '../messages/outgoing.ts';
import { markProductInCarts } from '../store/carts.ts';
import { buryCustomer, buryProduct, rememberCustomer } from '../store/known.ts';
import { markCustomerDeleted, markProductDeleted } from '../store/orders.ts';

/** A message as its receiver knows it: handled once by the consumer, whatever comes. */
export interface Receipt {
  readonly consumer: string;
  readonly messageId: string;
}

/** A customer was created or changed. */
export async function hearOfCustomer(
  database: Database,
  { consumer, messageId }: Receipt,
  { id, version }: { id: number; version: number },
) {
  await handleOnce(database, consumer, messageId, async (em) => {
    await rememberCustomer(em, id, version);
  });
}

/** A customer was deleted: its orders are marked, and those that are created later will be. Returns how many were marked. */
export async function hearOfDeletedCustomer(database: Database, { consumer, messageId }: Receipt, customerId: number): Promise<number> {
  const { outcome } = await handleOnce(database, consumer, messageId, async (em) => {
    await buryCustomer(em, customerId);
    const marked = await markCustomerDeleted(em, customerId);
    await appendToOutbox(em, marked.map(orderUpdated));
    return marked.length;
  });
  return outcome;
}

/** A product was taken out of the catalogue: the lines of open orders and carts are marked. Returns how many orders and carts hold it. */
export async function hearOfDeletedProduct(
  database: Database,
  { consumer, messageId }: Receipt,
  productId: number,
): Promise<{ orders: number; carts: number }> {
  const { outcome } = await handleOnce(database, consumer, messageId, async (em) => {
    await buryProduct(em, productId);
    const orders = await markProductDeleted(em, productId, openStatuses);
    const carts = await markProductInCarts(em, productId);
    await appendToOutbox(em, orders.map(orderUpdated));
    return { orders: orders.length, carts };
  });
  return outcome;
}
