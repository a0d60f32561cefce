import { csvFile, csvText } from '../controls/csv.ts';
import type { SuppliersQuery } from '../generated/operations.ts';

/** Suppliers for a spreadsheet, by the names that the graph has for them. */
export function suppliersCsv(suppliers: SuppliersQuery['suppliers'], language: 'fr' | 'en'): string {
  const titles = ['id', 'name', 'email', 'lead_time_days'];
  const lines = suppliers.map(({ id, name, email, leadTimeDays }) => [
    csvText(id),
    csvText(name),
    csvText(email ?? ''),
    String(leadTimeDays),
  ]);
  return csvFile([titles, ...lines], language);
}
