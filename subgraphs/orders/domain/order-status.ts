export const orderStatuses = ['PENDING', 'CONFIRMED', 'SHIPPED', 'DELIVERED', 'CANCELLED'] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** What decides where an order can go. */
export interface OrderStanding {
  readonly status: OrderStatus;
  /** The saga that processes it; null for one that another system handed over. */
  readonly sagaId: string | null;
  /** The saga that was promised to cancel it. */
  readonly cancellationSagaId: string | null;
}

interface Transition {
  readonly from: OrderStatus;
  readonly to: OrderStatus;
  readonly onlyIf?: (order: OrderStanding) => boolean;
}

const isProcessed = ({ sagaId }: OrderStanding) => sagaId !== null;

/** All there are. What another system hands over is paid there, so that it can leave as it is; what is about to be cancelled must not leave. */
const transitions: readonly Transition[] = [
  { from: 'PENDING', to: 'CONFIRMED', onlyIf: isProcessed },
  { from: 'PENDING', to: 'SHIPPED', onlyIf: (order) => !isProcessed(order) },
  { from: 'PENDING', to: 'CANCELLED' },
  { from: 'CONFIRMED', to: 'SHIPPED', onlyIf: ({ cancellationSagaId }) => cancellationSagaId === null },
  { from: 'CONFIRMED', to: 'CANCELLED' },
  { from: 'SHIPPED', to: 'DELIVERED' },
];

/** The statuses that an order can go to now. */
export function nextStatuses(order: OrderStanding): OrderStatus[] {
  return transitions.filter(({ from, onlyIf }) => from === order.status && (onlyIf?.(order) ?? true)).map(({ to }) => to);
}

export const canGo = (order: OrderStanding, to: OrderStatus): boolean => nextStatuses(order).includes(to);

/** The goods have not left: what becomes of a product still matters to these. */
export const openStatuses: readonly OrderStatus[] = ['PENDING', 'CONFIRMED'];

/** The goods are out of our hands: what was paid can be given back, not cancelled. */
export const hasLeft = (status: OrderStatus): boolean => status === 'SHIPPED' || status === 'DELIVERED';

/** Only what nobody works on and nobody ever paid may vanish. */
export function canBeDeleted(order: OrderStanding, everPaid: boolean): boolean {
  return !everPaid && (order.status === 'CANCELLED' || (order.status === 'PENDING' && !isProcessed(order)));
}

const words: Readonly<Record<OrderStatus, string>> = {
  PENDING: 'en_attente',
  CONFIRMED: 'confirmee',
  SHIPPED: 'expediee',
  DELIVERED: 'livree',
  CANCELLED: 'annulee',
};

/** As the documented events call it. */
export function statutOf({ status, customerDeleted }: { readonly status: OrderStatus; readonly customerDeleted: boolean }): string {
  return customerDeleted ? 'client_supprime' : words[status];
}
