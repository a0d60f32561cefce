import { csvFile, csvText } from '../../controls/csv.ts';
import type { GivenRoleFragment } from '../../generated/operations.ts';

/** Roles for a spreadsheet, by the names that the graph has for them. */
export function rolesCsv(roles: readonly GivenRoleFragment[], language: 'fr' | 'en'): string {
  const titles = ['id', 'name', 'description', 'fixed', 'grants'];
  const lines = roles.map(({ id, name, description, fixed, grants }) => [
    csvText(id),
    csvText(name),
    csvText(description),
    String(fixed),
    csvText(grants.join(' ')),
  ]);
  return csvFile([titles, ...lines], language);
}
