import { csvFile, csvText } from '../controls/csv.ts';
import { levelAt } from './levels.ts';
import type { Place, StockRow } from './matrix.tsx';

/** The matrix for a spreadsheet: a line for each of its cells, by the names that the graph has for them. */
export function stockCsv(products: readonly StockRow[], places: readonly Place[], language: 'fr' | 'en'): string {
  const titles = ['product_id', 'sku', 'name', 'place_id', 'place', 'on_hand', 'allocated', 'available', 'low', 'alert_threshold'];
  const lines = products.flatMap((product) =>
    places.map((place) => {
      const { onHand, allocated, available, low } = levelAt(product, place.id);
      return [
        csvText(product.id),
        csvText(product.sku),
        csvText(product.name),
        csvText(place.id),
        csvText(place.name),
        String(onHand),
        String(allocated),
        String(available),
        String(low),
        String(product.alertThreshold),
      ];
    }),
  );
  return csvFile([titles, ...lines], language);
}
