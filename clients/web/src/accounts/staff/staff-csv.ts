import { csvFile, csvText } from '../../controls/csv.ts';
import type { StaffRowFragment } from '../../generated/operations.ts';

/** Staff for a spreadsheet, by the names that the graph has for them. */
export function staffCsv(staff: readonly StaffRowFragment[], language: 'fr' | 'en'): string {
  const titles = ['id', 'name', 'login', 'email', 'active', 'given_roles', 'roles', 'stores'];
  const lines = staff.map(({ id, name, login, email, active, givenRoles, roles, stores }) => [
    csvText(id),
    csvText(name),
    csvText(login),
    csvText(email ?? ''),
    String(active),
    csvText(givenRoles.map((role) => role.name).join(' + ')),
    csvText(roles.join(' ')),
    csvText(stores.map((store) => store.id).join(' ')),
  ]);
  return csvFile([titles, ...lines], language);
}
