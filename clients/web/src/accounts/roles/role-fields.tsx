import { Textarea, TextInput } from '@mantine/core';
import { useLanguage } from '../../language/language.tsx';
import form from '../form/form.module.css';
import { RightChoices } from '../form/right-choices.tsx';
import type { Faults } from '../form/use-submission.ts';
import type { RoleFields } from './role-sheet.ts';

interface RoleFieldsProps {
  readonly fields: RoleFields;
  readonly faults: Faults;
  onChange(next: Partial<RoleFields>): void;
}

/** A role of one's own: a name for several of the seven. */
export function RoleFieldSet({ fields, faults, onChange }: RoleFieldsProps) {
  const { words } = useLanguage();
  return (
    <>
      <TextInput
        className={form.wide ?? ''}
        label={words.roleList.fieldName}
        value={fields.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        error={faults.name}
        autoComplete="off"
        name="name"
      />
      <Textarea
        className={form.wide ?? ''}
        label={words.roleList.fieldDescription}
        rows={2}
        value={fields.description}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
        error={faults.description}
        autoComplete="off"
        name="description"
      />
      <RightChoices
        label={words.roleList.fieldGrants}
        values={fields.grants}
        fault={faults.grants}
        onChange={(grants) => onChange({ grants })}
      />
    </>
  );
}
