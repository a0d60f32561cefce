import { OneStaffMemberDocument, PlacesDocument, type StaffDetailFragment, UpdateStaffDocument } from '../../generated/operations.ts';
import { ask } from '../../graph/ask.ts';
import { useAsked } from '../../graph/use-asked.ts';
import { useLanguage } from '../../language/language.tsx';
import { useConnection } from '../../session/session.tsx';
import { EditForm } from '../form/edit-form.tsx';
import { changedOnly } from '../form/fields.ts';
import { useEditing } from '../form/use-editing.ts';
import { useRefusals } from '../form/use-submission.ts';
import { roleName } from '../say-role.ts';
import { useMe } from '../use-me.ts';
import { useRoles } from '../use-roles.ts';
import { mayManage } from './managing.ts';
import { PersonFieldSet } from './person-fields.tsx';
import { fieldsOfPerson, type PersonFields, personFaults, personInput } from './person-sheet.ts';

interface EditPersonProps {
  readonly person: StaffDetailFragment;
  onSaved(person: StaffDetailFragment): void;
}

const nothing = {};

/** A person's sheet, changed by those who may. */
export function EditPerson({ person, onSaved }: EditPersonProps) {
  const { words } = useLanguage();
  const { client } = useConnection();
  const me = useMe();
  const refusalOf = useRefusals(words.accounts.taken);
  const roles = useRoles().roles ?? [];
  const places = useAsked(PlacesDocument, nothing).data?.places ?? [];
  const { id } = person;
  const editing = useEditing<StaffDetailFragment, PersonFields>({
    row: person,
    faultWords: words.staff.faults,
    fieldsOf: fieldsOfPerson,
    check: (fields) => personFaults(fields, me !== null && me.stores !== null, words.staff.faults),
    send: async (wanted, changed, expectedVersion) => {
      const input = { ...changedOnly(personInput(wanted), changed), expectedVersion };
      const outcome = (await client.mutate({ mutation: UpdateStaffDocument, variables: { id, input } })).data?.outcome;
      if (outcome?.__typename === 'StaffUpdated') return { kind: 'saved', row: outcome.staffMember };
      return outcome?.__typename === 'StaleValue' ? { kind: 'stale' } : { kind: 'refused', refusal: refusalOf(outcome) };
    },
    reread: async () => (await ask(client, OneStaffMemberDocument, { id })).staffMember,
    onSaved,
  });
  const readOnly = !mayManage(me, person);
  const names = (ids: readonly string[], nameOf: (id: string) => string | undefined) =>
    ids.map((one) => nameOf(one) ?? one).join(', ') || words.accounts.none;
  const say = (field: string, value: string | readonly string[]) => {
    if (typeof value === 'string') return value === '' ? words.accounts.none : value;
    if (field === 'stores') return names(value, (one) => places.find((place) => place.id === one)?.name);
    return names(value, (one) => {
      const role = roles.find((each) => each.id === one);
      return role && roleName(role, words);
    });
  };
  const labels = {
    name: words.staff.name,
    login: words.staff.login,
    email: words.staff.email,
    badge: words.staff.badge,
    roles: words.staff.givenRoles,
    stores: words.staff.stores,
  };
  return (
    <EditForm label={words.staff.sheet} testName="person" editing={editing} readOnly={readOnly} labels={labels} say={say}>
      <PersonFieldSet fields={editing.fields} faults={editing.faults} readOnly={readOnly} onChange={editing.change} />
    </EditForm>
  );
}
