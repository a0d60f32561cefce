import { useSearchParams } from 'react-router';
import type { AuditFilter, AuditRowFragment } from '../../generated/operations.ts';
import { endOfDay, startOfDay } from '../days.ts';

const names = { actorId: 'par', entityType: 'sur', entityId: 'objet', action: 'action', since: 'du', until: 'au' } as const;
type Name = keyof typeof names;

export type JournalFilter = ReturnType<typeof useJournalFilter>;

/** What the audit log is narrowed to; all of it in the address. */
export function useJournalFilter() {
  const [address, setAddress] = useSearchParams();
  const values = Object.fromEntries(Object.entries(names).map(([name, short]) => [name, address.get(short) ?? ''])) as Record<Name, string>;
  const set = (changes: Partial<Record<Name, string>>) =>
    setAddress(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value === '') after.delete(names[name as Name]);
          else after.set(names[name as Name], value);
        }
        return after;
      },
      { replace: true },
    );
  const since = startOfDay(values.since);
  const until = endOfDay(values.until);
  const backwards = since !== null && until !== null && until <= since;
  const filter: AuditFilter = {
    actorId: values.actorId || null,
    entityType: values.entityType || null,
    entityId: values.entityId || null,
    action: values.action || null,
    since,
    until: backwards ? null : until,
  };
  return {
    values,
    set,
    filter,
    /** The end of the period lies before its beginning. */
    backwards,
    /** How many filters narrow the list. */
    narrowed: Object.values(filter).filter((value) => value !== null).length,
  };
}

/** Whether an entry that has just come is of those listed: what the server does for a page. */
export function belongs(filter: AuditFilter, { actorId, entityType, entityId, action, at }: Omit<AuditRowFragment, 'stores'>): boolean {
  const same = (wanted: string | null | undefined, value: string) => wanted === null || wanted === undefined || wanted === value;
  return (
    same(filter.actorId, actorId) &&
    same(filter.entityType, entityType) &&
    same(filter.entityId, entityId) &&
    (filter.action?.endsWith('.') ? action.startsWith(filter.action) : same(filter.action, action)) &&
    (!filter.since || Date.parse(at) >= Date.parse(filter.since)) &&
    (!filter.until || Date.parse(at) < Date.parse(filter.until))
  );
}
