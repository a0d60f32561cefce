import { csvFile, csvNumber, csvText } from '../controls/csv.ts';
import { customerName, type SagaRow } from './states.ts';

/** Sagas for a spreadsheet, by the names that the graph has for them; a duration in seconds. */
export function sagasCsv(sagas: readonly SagaRow[], language: 'fr' | 'en'): string {
  const titles = ['id', 'definition', 'state', 'paused', 'needs_attention', 'customer_id', 'customer', 'order_id', 'duration', 'error'];
  const lines = sagas.map((saga) => [
    csvText(saga.id),
    csvText(saga.definition),
    saga.state,
    String(saga.paused),
    String(saga.needsAttention),
    csvText(saga.customerRef?.id ?? ''),
    csvText(saga.customer ? customerName(saga, () => '') : ''),
    csvText(saga.order?.id ?? ''),
    csvNumber(saga.duration, language),
    csvText(saga.error ?? ''),
    saga.createdAt,
    saga.updatedAt,
    saga.endedAt ?? '',
  ]);
  return csvFile([[...titles, 'created_at', 'updated_at', 'ended_at'], ...lines], language);
}
