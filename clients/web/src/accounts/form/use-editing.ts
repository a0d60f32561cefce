import { useEffect, useState } from 'react';
import { useAnnouncer } from '../../frame/announcer.tsx';
import { useLanguage } from '../../language/language.tsx';
import { changedFields, type Fields, rebase } from './fields.ts';
import { type Faults, type Refusal, type Submission, useSubmission } from './use-submission.ts';

/** What comes of sending changes. `stale`: somebody else was quicker. */
export type Sent<R> =
  | { readonly kind: 'saved'; readonly row: R }
  | { readonly kind: 'stale' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

interface EditingOptions<R, F> {
  /** As it is known now. */
  readonly row: R;
  readonly faultWords: Readonly<Record<string, string>>;
  fieldsOf(row: R): F;
  /** What is wrong before anything is sent. */
  check(fields: F): Faults;
  send(wanted: F, changed: readonly string[], expectedVersion: number): Promise<Sent<R>>;
  /** Asks for it anew; null where it is gone. */
  reread(): Promise<R | null>;
  onSaved(row: R): void;
}

export interface Editing<F> extends Pick<Submission, 'faults' | 'whole' | 'busy'> {
  readonly base: F;
  readonly fields: F;
  /** What somebody else has saved while this was typed; null where nobody has. */
  readonly theirs: F | null;
  readonly changed: boolean;
  change(next: Partial<F>): void;
  undo(): void;
  save(): void;
  /** What was typed on what the other has saved. */
  keepMine(): void;
  takeTheirs(): void;
}

/** A sheet that is changed. While nothing is typed it follows what others save; what is typed is never lost to them. */
export function useEditing<R extends { readonly version: number }, F extends Fields>(options: EditingOptions<R, F>): Editing<F> {
  const { row, faultWords, fieldsOf, check, send, reread, onSaved } = options;
  const { words } = useLanguage();
  const { notice } = useAnnouncer();
  const [base, setBase] = useState(() => ({ fields: fieldsOf(row), version: row.version }));
  const [fields, setFields] = useState(base.fields);
  const [theirs, setTheirs] = useState<{ fields: F; version: number } | null>(null);
  const submission = useSubmission(faultWords);
  const changed = changedFields(base.fields, fields).length > 0;

  const begin = (next: { fields: F; version: number }) => {
    setBase(next);
    setFields(next.fields);
    setTheirs(null);
    submission.forget();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what others have saved makes it begin anew
  useEffect(() => {
    if (row.version > base.version && !changed && theirs === null) begin({ fields: fieldsOf(row), version: row.version });
  }, [row.version]);

  const saveOn = async (from: { fields: F; version: number }, wanted: F) => {
    const faults = check(wanted);
    if (Object.keys(faults).length > 0) return submission.refuse({ faults });
    await submission.submit(async () => {
      const sent = await send(wanted, changedFields(from.fields, wanted), from.version);
      if (sent.kind === 'refused') return sent.refusal;
      if (sent.kind === 'stale') {
        const now = await reread();
        if (now === null) return { whole: words.accounts.gone };
        setTheirs({ fields: fieldsOf(now), version: now.version });
        return null;
      }
      begin({ fields: fieldsOf(sent.row), version: sent.row.version });
      notice(words.accounts.saved);
      onSaved(sent.row);
      return null;
    });
  };

  return {
    faults: submission.faults,
    whole: submission.whole,
    busy: submission.busy,
    base: base.fields,
    fields,
    theirs: theirs?.fields ?? null,
    changed,
    change: (next) => {
      setFields({ ...fields, ...next });
      submission.forget();
    },
    undo: () => begin(base),
    save: () => {
      if (changed && theirs === null) void saveOn(base, fields);
    },
    keepMine: () => {
      if (theirs === null) return;
      const mine = rebase(base.fields, fields, theirs.fields);
      setBase(theirs);
      setFields(mine);
      setTheirs(null);
      void saveOn(theirs, mine);
    },
    takeTheirs: () => theirs !== null && begin(theirs),
  };
}
