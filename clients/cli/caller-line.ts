import colors from 'picocolors';
import type { CallerFragment } from './generated/operations.ts';

/** Who it is and what is allowed, on one line. */
export function callerLine({ id, name, roles, stores, limits }: CallerFragment): string {
  const places =
    stores === null ? 'everywhere' : stores.length === 0 ? 'in no store' : `store ${stores.map((store) => store.id).join(', ')}`;
  return `${colors.bold(name)} (${id})  ${colors.dim(`${roles.join(', ')} · ${places} · ${limits.perMinute} requests a minute, ${limits.perHour} an hour`)}`;
}
