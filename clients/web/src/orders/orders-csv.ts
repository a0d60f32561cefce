import { csvFile, csvNumber, csvText } from '../controls/csv.ts';
import { customerName, type OrderRow } from './statuses.ts';

/** Orders for a spreadsheet, by the names that the graph has for them. */
export function ordersCsv(orders: readonly OrderRow[], language: 'fr' | 'en'): string {
  const titles = ['id', 'status', 'customer_id', 'customer', 'articles', 'total', 'currency', 'created_at', 'updated_at'];
  const lines = orders.map((order) => [
    csvText(order.id),
    order.status,
    csvText(order.customerId),
    csvText(customerName(order, () => '')),
    String(order.lines.reduce((sum, { quantity }) => sum + quantity, 0)),
    csvNumber(order.total.amount, language),
    order.total.currency,
    order.createdAt,
    order.updatedAt,
  ]);
  return csvFile([titles, ...lines], language);
}
