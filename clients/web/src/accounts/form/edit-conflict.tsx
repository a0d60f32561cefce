import { Conflict } from '../../controls/conflict.tsx';
import { useLanguage } from '../../language/language.tsx';
import { changedFields, type Fields } from './fields.ts';
import type { Editing } from './use-editing.ts';

/** Where somebody else has saved meanwhile: both sides, and a choice. `say` gives a field's value in words. */
export function EditConflict<F extends Fields>({
  editing,
  labels,
  say,
}: {
  editing: Editing<F>;
  labels: Readonly<Record<string, string>>;
  say(field: string, value: F[string]): string;
}) {
  const { words } = useLanguage();
  const { base, fields, theirs, busy, keepMine, takeTheirs } = editing;
  if (theirs === null) return null;
  const typed = changedFields(base, fields);
  const rows = [...new Set([...typed, ...changedFields(base, theirs)])].map((field) => ({
    field,
    label: labels[field] ?? field,
    theirs: say(field, theirs[field]),
    mine: say(field, typed.includes(field) ? fields[field] : theirs[field]),
  }));
  return <Conflict title={words.accounts.staleTitle} rows={rows} busy={busy} onKeep={keepMine} onTake={takeTheirs} />;
}
