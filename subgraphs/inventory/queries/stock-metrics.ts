import { type Metrics, sharedLook } from '@comptoir/platform/metrics.ts';
import type { StockFigures } from './stock-figures.ts';

/** The business figures of stock, read whenever the metrics are asked for. Every process tells of all stock: take the max over the instances, not the sum. */
export function createStockMetrics(metrics: Metrics, read: () => Promise<StockFigures>): void {
  const look = sharedLook(read);
  metrics.counter({
    name: 'total_products_sold',
    help: 'Units of goods sold since the database began; returned ones are not taken off. Every instance tells of all: take the max.',
    async collect() {
      const figures = await look();
      if (!figures) return;
      this.reset();
      this.inc(figures.sold);
    },
  });
  metrics.gauge({
    name: 'inventory_low_stock_alerts',
    help: 'Products at places where fewer are available now than their alert threshold. Every instance tells of all: take the max.',
    async collect() {
      const figures = await look();
      if (figures) this.set(figures.low);
    },
  });
}
