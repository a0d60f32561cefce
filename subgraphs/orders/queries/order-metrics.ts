import { type Metrics, sharedLook } from '@comptoir/platform/metrics.ts';
import { minorDigits } from '@comptoir/platform/money.ts';
import type { OrderFigures } from './order-figures.ts';

/** The business figures of orders, read whenever the metrics are asked for. Every process tells of all orders: take the max over the instances, not the sum. */
export function createOrderMetrics(metrics: Metrics, read: () => Promise<readonly OrderFigures[]>): void {
  const look = sharedLook(read);
  metrics.counter({
    name: 'total_orders_created',
    help: 'Orders created since the database began, cancelled ones among them. Every instance tells of all: take the max.',
    async collect() {
      const figures = await look();
      if (!figures) return;
      this.reset();
      this.inc(figures.reduce((sum, { orders }) => sum + orders, 0));
    },
  });
  metrics.gauge({
    name: 'average_order_value',
    help: 'Mean total of all orders created, tax included, in units of the currency (euros, not cents); none before the first order. Every instance tells of all: take the max.',
    labelNames: ['currency'],
    async collect() {
      const figures = await look();
      for (const { currency, averageMinor } of figures ?? []) this.set({ currency }, averageMinor / 10 ** minorDigits(currency));
    },
  });
}
