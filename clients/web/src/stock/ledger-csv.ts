import { csvFile, csvText } from '../controls/csv.ts';
import type { Movement } from './use-movements.ts';

/** Movements of a product for a spreadsheet, by the names that the graph has for them. */
export function ledgerCsv(productId: string, movements: readonly Movement[], language: 'fr' | 'en'): string {
  const titles = [
    'id',
    'product_id',
    'at',
    'kind',
    'place_id',
    'place',
    'on_hand_change',
    'allocated_change',
    'reference',
    'actor',
    'reason',
  ];
  const lines = movements.map(({ id, at, kind, place, onHandChange, allocatedChange, reference, actor, reason }) => [
    csvText(id),
    csvText(productId),
    at,
    kind,
    csvText(place.id),
    csvText(place.name),
    String(onHandChange),
    String(allocatedChange),
    csvText(reference ?? ''),
    csvText(actor ?? ''),
    csvText(reason ?? ''),
  ]);
  return csvFile([titles, ...lines], language);
}
