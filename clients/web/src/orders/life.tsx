import { useLanguage } from '../language/language.tsx';
import classes from './life.module.css';
import type { OrderDetail } from './statuses.ts';

const way = ['PENDING', 'CONFIRMED', 'SHIPPED', 'DELIVERED'] as const;

/** The states of an order in their order, the present one marked; a cancelled one left the way where it was. */
export function Life({ order }: { order: OrderDetail }) {
  const { words, format } = useLanguage();
  const { status } = order;
  const cancelled = status === 'CANCELLED';
  const reached = cancelled ? (order.shipment ? 2 : order.payment?.status === 'REFUNDED' ? 1 : 0) : way.indexOf(status);
  const timeOf = (index: number): string | null => {
    if (index === 0) return order.createdAt;
    if (index === 2) return order.shipment?.shippedAt ?? null;
    if (index === 3) return order.shipment?.deliveredAt ?? null;
    return status === 'CONFIRMED' ? order.updatedAt : null;
  };
  const stops = cancelled ? [...way.slice(0, reached + 1), 'CANCELLED' as const] : way;
  return (
    <ol className={classes.life} data-testid="order-status" data-status={status}>
      {stops.map((stop, index) => {
        const here = stop === status;
        const at = stop === 'CANCELLED' ? order.updatedAt : timeOf(index);
        return (
          <li key={stop} data-here={here} data-done={here || index <= reached} data-stop={stop} aria-current={here ? 'step' : undefined}>
            <i aria-hidden />
            <strong>{words.orders.statuses[stop]}</strong>
            <span>{at !== null && (here || index <= reached) ? format.dateTime(at) : ' '}</span>
          </li>
        );
      })}
    </ol>
  );
}
