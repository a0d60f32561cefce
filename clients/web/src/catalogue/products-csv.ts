import { csvFile, csvNumber, csvText } from '../controls/csv.ts';
import type { ProductListRowFragment } from '../generated/operations.ts';
import { availableOf } from '../stock/levels.ts';

/** Products for a spreadsheet, by the names that the graph has for them; what is available is that of all places. */
export function productsCsv(products: readonly ProductListRowFragment[], language: 'fr' | 'en'): string {
  const titles = ['id', 'sku', 'name', 'category', 'price', 'currency', 'available', 'alert_threshold', 'active'];
  const lines = products.map((product) => [
    csvText(product.id),
    csvText(product.sku),
    csvText(product.name),
    csvText(product.category?.name ?? ''),
    csvNumber(product.price.amount, language),
    product.price.currency,
    String(availableOf(product)),
    String(product.alertThreshold),
    String(product.active),
  ]);
  return csvFile([titles, ...lines], language);
}
