import type { ReactNode } from 'react';
import { AccountForm } from './account-form.tsx';
import { EditActions } from './edit-actions.tsx';
import { EditConflict } from './edit-conflict.tsx';
import type { Fields } from './fields.ts';
import type { Editing } from './use-editing.ts';

interface EditFormProps<F extends Fields> {
  readonly label: string;
  /** Of what is changed, as in `role-form` and `save-role`. */
  readonly testName: string;
  readonly editing: Editing<F>;
  readonly readOnly?: boolean;
  /** Names of the fields, for a conflict. */
  readonly labels: Readonly<Record<string, string>>;
  readonly children: ReactNode;
  /** Gives a field's value in words, for a conflict. */
  say(field: string, value: F[string]): string;
}

/** A sheet that is changed, with what saves it and what settles a conflict. */
export function EditForm<F extends Fields>({ label, testName, editing, readOnly = false, labels, children, say }: EditFormProps<F>) {
  return (
    <AccountForm
      label={label}
      testId={`${testName}-form`}
      faults={editing.faults}
      whole={editing.whole}
      onSubmit={editing.save}
      actions={!readOnly && <EditActions editing={editing} testId={`save-${testName}`} />}
    >
      {children}
      <EditConflict editing={editing} labels={labels} say={say} />
    </AccountForm>
  );
}
