import { type GivenRoleFragment, type Role, RolesDocument, UpdateRoleDocument } from '../../generated/operations.ts';
import { ask } from '../../graph/ask.ts';
import { useLanguage } from '../../language/language.tsx';
import { useConnection } from '../../session/session.tsx';
import { EditForm } from '../form/edit-form.tsx';
import { changedOnly } from '../form/fields.ts';
import form from '../form/form.module.css';
import { useEditing } from '../form/use-editing.ts';
import { useRefusals } from '../form/use-submission.ts';
import { rightName } from '../say-role.ts';
import { RoleFieldSet } from './role-fields.tsx';
import { fieldsOfRole, type RoleFields, roleFaults, roleInput } from './role-sheet.ts';

/** Changes a role of one's own, and with it the rights of all who have it. */
export function EditRole({ role, onSaved }: { role: GivenRoleFragment; onSaved(role: GivenRoleFragment): void }) {
  const { words } = useLanguage();
  const { client } = useConnection();
  const refusalOf = useRefusals(words.roleList.taken);
  const { id } = role;
  const editing = useEditing<GivenRoleFragment, RoleFields>({
    row: role,
    faultWords: words.roleList.faults,
    fieldsOf: fieldsOfRole,
    check: (fields) => roleFaults(fields, words.roleList.faults),
    send: async (wanted, changed, expectedVersion) => {
      const input = { ...changedOnly(roleInput(wanted), changed), expectedVersion };
      const outcome = (await client.mutate({ mutation: UpdateRoleDocument, variables: { id, input } })).data?.outcome;
      if (outcome?.__typename === 'RoleUpdated') return { kind: 'saved', row: outcome.role };
      return outcome?.__typename === 'StaleValue' ? { kind: 'stale' } : { kind: 'refused', refusal: refusalOf(outcome) };
    },
    reread: async () => (await ask(client, RolesDocument, {})).roles.find((each) => each.id === id) ?? null,
    onSaved,
  });
  const labels = { name: words.roleList.fieldName, description: words.roleList.fieldDescription, grants: words.roleList.fieldGrants };
  const say = (_field: string, value: string | readonly Role[]) =>
    (typeof value === 'string' ? value : value.map((right) => rightName(right, words)).join(', ')) || words.accounts.none;
  return (
    <EditForm label={words.roleList.sheet} testName="role" editing={editing} labels={labels} say={say}>
      <RoleFieldSet fields={editing.fields} faults={editing.faults} onChange={editing.change} />
      <p className={form.note}>{words.roleList.effect}</p>
    </EditForm>
  );
}
