import { recordAudit } from '@comptoir/platform/audit.ts';
import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import { badUserInput, type Fault } from '@comptoir/platform/errors.ts';
import { once } from '@comptoir/platform/idempotency.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import { idempotencyKeyFaults, parseId, textFaults, wholeNumberFaults } from '@comptoir/platform/text.ts';
import { available, type Booking, type Level, maxQuantity } from '../domain/stock.ts';
import { productStockEvent, stockEvents } from '../messages/outgoing.ts';
import { book, ensureLevel, type LevelKey, lockLevels } from '../store/levels.ts';
import { exists, lockProduct, totalAvailable } from '../store/products.ts';
import { freeExpired } from '../store/reservations.ts';
import { type Caller, type Missing, missing } from './caller.ts';

export type ChangeStockOutcome =
  | ({ readonly kind: 'changed' | 'stale' } & LevelKey)
  | { readonly kind: 'insufficient'; readonly productId: number; readonly requested: number; readonly available: number }
  | Missing;

interface Target {
  readonly productId: string;
  readonly placeId: string;
  readonly reason?: string | null;
  readonly idempotencyKey?: string | null;
}

type Decision = { readonly booking: Pick<Booking, 'kind' | 'onHandChange'> } | { readonly refused: ChangeStockOutcome };

/** Sets the counted quantity; with an expected one that is stale it is refused, and what is promised cannot be counted away. Errors: BAD_USER_INPUT; IDEMPOTENCY_CONFLICT. */
export async function countStock(
  database: Database,
  { quantity, expectedOnHand, ...target }: Target & { quantity: number; expectedOnHand?: number | null },
  caller: Caller,
): Promise<ChangeStockOutcome> {
  const faults = wholeNumberFaults(quantity, ['quantity'], { min: 0, max: maxQuantity });
  return changeStock(
    database,
    { operation: 'countStock', target, input: { quantity, expectedOnHand: expectedOnHand ?? null }, faults, caller },
    (level) => {
      const { productId, placeId, onHand, allocated } = level;
      if (expectedOnHand !== null && expectedOnHand !== undefined && expectedOnHand !== onHand)
        return { refused: { kind: 'stale', productId, placeId } };
      if (quantity < allocated) return { refused: { kind: 'insufficient', productId, requested: allocated, available: quantity } };
      return { booking: { kind: 'COUNT', onHandChange: quantity - onHand } };
    },
  );
}

/** Adds to what is on hand or takes away, of what nobody is promised. Errors: BAD_USER_INPUT; IDEMPOTENCY_CONFLICT. */
export async function adjustStock(
  database: Database,
  { change, ...target }: Target & { change: number; reason: string },
  caller: Caller,
): Promise<ChangeStockOutcome> {
  const faults = wholeNumberFaults(change, ['change'], { min: -maxQuantity, max: maxQuantity });
  if (change === 0) faults.push({ path: ['change'], message: 'must not be 0' });
  faults.push(...textFaults(target.reason, ['reason'], { min: 1, max: 500 }));
  return changeStock(database, { operation: 'adjustStock', target, input: { change }, faults, caller }, (level) => {
    const { productId } = level;
    if (change < 0 && available(level) < -change) {
      return { refused: { kind: 'insufficient', productId, requested: -change, available: available(level) } };
    }
    if (level.onHand + change > maxQuantity)
      throw badUserInput([{ path: ['change'], message: `must leave at most ${maxQuantity} on hand, there are ${level.onHand}` }]);
    return { booking: { kind: 'ADJUSTMENT', onHandChange: change } };
  });
}

interface Change {
  readonly operation: string;
  readonly target: Target;
  readonly input: object;
  readonly faults: Fault[];
  readonly caller: Caller;
}

async function changeStock(
  database: Database,
  { operation, target, input, faults, caller }: Change,
  decide: (level: Level) => Decision,
): Promise<ChangeStockOutcome> {
  const { idempotencyKey: key, reason } = target;
  const all = [
    ...faults,
    ...(operation === 'countStock' ? textFaults(reason ?? '', ['reason'], { max: 500 }) : []),
    ...idempotencyKeyFaults(key),
  ];
  if (all.length > 0) throw badUserInput(all);
  const productId = parseId(target.productId);
  const placeId = parseId(target.placeId);
  if (productId === null) return missing('product', target.productId);
  if (placeId === null) return missing('place', target.placeId);
  const request = { principal: caller.consumerId, operation, key, input: { ...input, productId, placeId, reason: reason ?? null } };

  async function run(em: EntityManager, level: LevelKey): Promise<ChangeStockOutcome> {
    // Shared: its threshold and version stay as they are, while others change its stock at other places.
    const product = await lockProduct(em, level.productId, 'share');
    if (!product) return missing('product', target.productId);
    if (!(await exists(em, 'place', level.placeId))) return missing('place', target.placeId);
    await ensureLevel(em, level);
    const [locked] = (await lockLevels(em, [level])) as [Level];
    const freed = await freeExpired(em, [level]);
    const products = new Map([[product.id, product]]);
    const decision = decide(freed.at(-1)?.level ?? locked);
    if ('refused' in decision) {
      await appendToOutbox(em, stockEvents(freed, products));
      return decision.refused;
    }
    const changes = await book(em, [
      { ...level, ...decision.booking, allocatedChange: 0, actor: caller.name, reason: reason?.trim() || null },
    ]);
    const updated = productStockEvent(product, await totalAvailable(em, product.id));
    await appendToOutbox(em, [updated, ...stockEvents([...freed, ...changes], products)]);
    const { onHandChange } = decision.booking;
    const counted = operation === 'countStock';
    const before = (freed.at(-1)?.level ?? locked).onHand;
    await recordAudit(em, {
      actor: caller,
      action: counted ? 'stock.counted' : 'stock.adjusted',
      entityType: 'product',
      entityId: product.id,
      entityName: product.name,
      storeIds: [level.placeId],
      summary: `Stock of ${product.sku} at place ${level.placeId} ${counted ? 'counted' : 'adjusted'}${reason?.trim() ? `: ${reason.trim()}` : ''}`,
      changes: [
        { field: 'on_hand', before, after: before + onHandChange },
        ...(reason?.trim() ? [{ field: 'reason', after: reason.trim() }] : []),
      ],
    });
    return { kind: 'changed', ...level };
  }

  return database.transaction((em) => once(em, request, () => run(em, { productId, placeId })));
}
