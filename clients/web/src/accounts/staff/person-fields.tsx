import { TextInput } from '@mantine/core';
import type { GivenRoleFragment } from '../../generated/operations.ts';
import { useLanguage } from '../../language/language.tsx';
import { Choices } from '../form/choices.tsx';
import classes from '../form/form.module.css';
import { StoreChoices } from '../form/store-choices.tsx';
import type { Faults } from '../form/use-submission.ts';
import { rightName, roleName } from '../say-role.ts';
import { useMe } from '../use-me.ts';
import { useRoles } from '../use-roles.ts';
import { mayActIn, mayGrant } from './managing.ts';
import type { PersonFields } from './person-sheet.ts';

interface PersonFieldsProps {
  readonly fields: PersonFields;
  readonly faults: Faults;
  readonly readOnly?: boolean;
  onChange(next: Partial<PersonFields>): void;
}

/** What is known of a person, to be read and changed. */
export function PersonFieldSet({ fields, faults, readOnly = false, onChange }: PersonFieldsProps) {
  const { words } = useLanguage();
  const me = useMe();
  const roles = useRoles().roles ?? [];
  const grantable = (role: GivenRoleFragment) => mayGrant(me, role.grants);
  const shown = roles.filter((role) => grantable(role) || fields.roles.includes(role.id));
  const beyond = roles.filter((role) => !grantable(role));
  const text = (name: 'name' | 'login' | 'email' | 'badge') => ({
    name,
    value: fields[name],
    onChange: (event: { currentTarget: { value: string } }) => onChange({ [name]: event.currentTarget.value }),
    error: faults[name],
    readOnly,
    autoComplete: 'off',
    spellCheck: false,
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
  });
  return (
    <>
      <TextInput label={words.staff.name} {...text('name')} />
      <TextInput label={words.staff.login} description={words.staff.loginHint} autoCapitalize="none" {...text('login')} />
      <TextInput label={words.staff.email} type="email" {...text('email')} />
      <TextInput label={words.staff.badge} description={words.staff.badgeHint} inputMode="numeric" {...text('badge')} />
      <Choices
        label={words.staff.givenRoles}
        testId="role-choices"
        options={shown.map((role) => ({
          value: role.id,
          label: roleName(role, words),
          hint: hintOf(role),
          fixed: !grantable(role),
        }))}
        hint={beyond.length > 0 && !readOnly ? words.staff.beyond(beyond.map((role) => roleName(role, words)).join(', ')) : undefined}
        values={fields.roles}
        fault={faults.roles}
        readOnly={readOnly}
        onChange={(next) => onChange({ roles: next })}
      />
      <StoreChoices
        hint={words.staff.storesHint}
        values={fields.stores}
        fault={faults.stores}
        readOnly={readOnly}
        mayGive={(id) => mayActIn(me, id)}
        onChange={(stores) => onChange({ stores })}
      />
      {readOnly && <p className={classes.note}>{words.staff.readOnly}</p>}
    </>
  );

  function hintOf(role: GivenRoleFragment): string {
    const [right] = role.grants;
    if (role.fixed && right !== undefined) return words.accounts.roleHints[right];
    return role.description === '' ? role.grants.map((grant) => rightName(grant, words)).join(', ') : role.description;
  }
}
