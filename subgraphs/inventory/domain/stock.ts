/** The stock of one product at one place. */
export interface Level {
  readonly productId: number;
  readonly placeId: number;
  readonly onHand: number;
  readonly allocated: number;
  /** Below so many available it is low. */
  readonly threshold: number;
  readonly version: number;
  readonly updatedAt: Date;
}

export const maxQuantity = 1_000_000;

export const movementKinds = ['INITIAL', 'COUNT', 'ADJUSTMENT', 'RESERVATION', 'RELEASE', 'EXPIRY', 'SALE', 'RETURN'] as const;
export type MovementKind = (typeof movementKinds)[number];

/** A line to be booked: the level's change and why. */
export interface Booking {
  readonly productId: number;
  readonly placeId: number;
  readonly kind: MovementKind;
  readonly onHandChange: number;
  readonly allocatedChange: number;
  readonly reference?: string | null;
  readonly actor?: string | null;
  readonly reason?: string | null;
}

/** What a booking made of a level. */
export interface LevelChange {
  readonly level: Level;
  /** What was available before. */
  readonly availableBefore: number;
  readonly thresholdBefore: number;
}

export const available = ({ onHand, allocated }: Pick<Level, 'onHand' | 'allocated'>) => onHand - allocated;

export const isLow = (level: Pick<Level, 'onHand' | 'allocated' | 'threshold'>) => available(level) < level.threshold;

/** Whether it was not low before and is now. */
export function crossed({ level, availableBefore, thresholdBefore }: LevelChange): boolean {
  return availableBefore >= thresholdBefore && isLow(level);
}

export const keyOf = ({ productId, placeId }: { productId: number; placeId: number }) => `${productId}:${placeId}`;

/** The order in which rows of stock are locked, everywhere. */
export function byKey(left: { productId: number; placeId: number }, right: { productId: number; placeId: number }): number {
  return left.productId - right.productId || left.placeId - right.placeId;
}

/**
 * How to bring what is available over all places to a total: what is added goes to the warehouse; what is taken comes from the warehouse as far as it
 * reaches and then from the other places in order.
 */
export function planTotal(levels: readonly Level[], warehouseId: number, total: number): { placeId: number; change: number }[] {
  const difference = total - levels.reduce((sum, level) => sum + available(level), 0);
  if (difference === 0) return [];
  if (difference > 0) return [{ placeId: warehouseId, change: difference }];
  const inOrder = [...levels].sort(
    (left, right) => Number(right.placeId === warehouseId) - Number(left.placeId === warehouseId) || byKey(left, right),
  );
  let missing = -difference;
  const plan: { placeId: number; change: number }[] = [];
  for (const level of inOrder) {
    const taken = Math.min(missing, Math.max(available(level), 0));
    if (taken > 0) plan.push({ placeId: level.placeId, change: -taken });
    missing -= taken;
  }
  return plan;
}

export interface Line {
  readonly product_id: number;
  readonly quantity: number;
}

/** Lines of one product become one; sorted by product, in which order everybody locks. */
export function mergeLines(lines: readonly Line[]): { productId: number; quantity: number }[] {
  const quantities = new Map<number, number>();
  for (const { product_id, quantity } of lines) quantities.set(product_id, (quantities.get(product_id) ?? 0) + quantity);
  return [...quantities].map(([productId, quantity]) => ({ productId, quantity })).sort((left, right) => left.productId - right.productId);
}
