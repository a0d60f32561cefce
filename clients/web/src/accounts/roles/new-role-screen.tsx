import { useHeading } from '../../frame/heading.tsx';
import { CreateRoleDocument } from '../../generated/operations.ts';
import { useLanguage } from '../../language/language.tsx';
import { useConnection } from '../../session/session.tsx';
import { CreationSheet } from '../form/creation-sheet.tsx';
import { useCreation } from '../form/use-creation.ts';
import { useRefusals } from '../form/use-submission.ts';
import { RoleFieldSet } from './role-fields.tsx';
import { blankRole, roleFaults, roleInput } from './role-sheet.ts';

/** A role to be made out of the seven. */
export function NewRoleScreen() {
  const { words } = useLanguage();
  const { client } = useConnection();
  const refusalOf = useRefusals(words.roleList.taken);
  useHeading(words.roleList.create, '/app/comptes/roles', words.roleList.back);
  const creation = useCreation({
    draft: 'role',
    blank: blankRole,
    faultWords: words.roleList.faults,
    madeWords: words.roleList.created,
    check: (fields) => roleFaults(fields, words.roleList.faults),
    inputOf: roleInput,
    send: async (variables) => {
      const outcome = (await client.mutate({ mutation: CreateRoleDocument, variables })).data?.outcome;
      if (outcome?.__typename !== 'RoleCreated') return { kind: 'refused', refusal: refusalOf(outcome) };
      return { kind: 'made', address: `/app/comptes/roles/${outcome.role.id}` };
    },
  });
  return (
    <CreationSheet title={words.roleList.sheet} label={words.roleList.create} testName="role" creation={creation}>
      <RoleFieldSet fields={creation.fields} faults={creation.faults} onChange={creation.change} />
    </CreationSheet>
  );
}
