import { toDecimalNumber } from '@comptoir/platform/money.ts';
import { eventMessage, type OutboxMessage } from '@comptoir/platform/outbox.ts';
import { sagaReplyQueue } from '@comptoir/schema/topology.ts';
import { available, crossed, isLow, keyOf, type LevelChange } from '../domain/stock.ts';
import type { ProductState } from '../store/products.ts';

const productAggregate = (id: number, version?: number) => ({ type: 'product', id: String(id), ...(version !== undefined && { version }) });

/** `stock`: available over all places. */
export function productEvent(
  type: 'produit.created' | 'produit.updated' | 'produit.deleted',
  product: ProductState,
  stock: number,
): OutboxMessage {
  return eventMessage(type, productAggregate(product.id, product.version), productBody(product, stock));
}

/** Tells of other stock of a product that is itself as it was: no version of its own. */
export const productStockEvent = (product: ProductState, stock: number): OutboxMessage =>
  eventMessage('produit.updated', productAggregate(product.id), productBody(product, stock));

function productBody({ id, name, priceMinor, currency, sku, active, version }: ProductState, stock: number) {
  return {
    produit_id: id,
    data: {
      id,
      nom: name,
      prix: toDecimalNumber(priceMinor, currency),
      prix_minor: priceMinor.toString(),
      stock,
      sku,
      actif: active,
      version,
    },
  };
}

function stockChanged(change: LevelChange): OutboxMessage {
  const { level } = change;
  return eventMessage(
    'stock.changed',
    { type: 'stock', id: keyOf(level), version: level.version },
    {
      produit_id: level.productId,
      magasin_id: level.placeId,
      on_hand: level.onHand,
      allocated: level.allocated,
      available: available(level),
      low: isLow(level),
      crossed: crossed(change),
      version: level.version,
    },
  );
}

export interface Shortage {
  readonly productId: number;
  readonly name: string;
  readonly stock: number;
  readonly placeId: number;
}

export function stockLow({ productId, name, stock, placeId }: Shortage): OutboxMessage {
  return eventMessage('produit.stock_low', productAggregate(productId), { produit_id: productId, nom: name, stock, magasin_id: placeId });
}

/** Each change, and a warning for each that crosses the threshold of a product that is sold. */
export function stockEvents(
  changes: readonly LevelChange[],
  products: ReadonlyMap<number, Pick<ProductState, 'name' | 'active'>>,
): OutboxMessage[] {
  return changes.flatMap((change) => {
    const { level } = change;
    const product = products.get(level.productId);
    if (!product?.active || !crossed(change)) return [stockChanged(change)];
    return [
      stockChanged(change),
      stockLow({ productId: level.productId, name: product.name, stock: available(level), placeId: level.placeId }),
    ];
  });
}

/** Changes that are told of without a warning of their own. */
export const stockChanges = (changes: readonly LevelChange[]): OutboxMessage[] => changes.map(stockChanged);

/** A command of a saga, as far as its reply repeats it. */
export interface SagaCommand {
  readonly saga_id: string;
  readonly command_id: string;
  readonly step: string;
  readonly direction: 'FORWARD' | 'COMPENSATION';
}

/** What a participant answers. */
export type Answer =
  | { readonly outcome: 'SUCCESS'; readonly data?: Record<string, unknown> }
  | { readonly outcome: 'REFUSED'; readonly code: string; readonly reason: string; readonly data?: Record<string, unknown> };

/** The same message however often it is sent: its id follows from the command's. */
export function replyMessage({ saga_id, command_id, step, direction }: SagaCommand, answer: Answer): OutboxMessage {
  return {
    exchange: '',
    routingKey: sagaReplyQueue,
    mandatory: true,
    type: 'saga.reply',
    messageId: `${command_id}.reply`,
    correlationId: saga_id,
    aggregate: { type: 'saga', id: saga_id },
    payload: { saga_id, command_id, step, direction, ...answer },
  };
}
