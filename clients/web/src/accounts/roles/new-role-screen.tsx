import { Button } from '@mantine/core';
import { useNavigate } from 'react-router';
import { Panel } from '../../controls/panel.tsx';
import { useAnnouncer } from '../../frame/announcer.tsx';
import { useHeading } from '../../frame/heading.tsx';
import { CreateRoleDocument } from '../../generated/operations.ts';
import { useLanguage } from '../../language/language.tsx';
import { useDraft } from '../../session/draft.ts';
import { useConnection } from '../../session/session.tsx';
import { AccountForm } from '../form/account-form.tsx';
import { useRefusals, useSubmission } from '../form/use-submission.ts';
import sheet from '../sheet.module.css';
import { useRetryKey } from '../use-retry-key.ts';
import { RoleFieldSet } from './role-fields.tsx';
import { blankRole, type RoleFields, roleFaults, roleInput } from './role-sheet.ts';

/** A role to be made out of the seven. */
export function NewRoleScreen() {
  const { words } = useLanguage();
  const { client } = useConnection();
  const { notice } = useAnnouncer();
  const navigate = useNavigate();
  const [fields, keep] = useDraft<RoleFields>('role', blankRole);
  const { faults, whole, busy, submit, refuse, forget } = useSubmission(words.roleList.faults);
  const refusalOf = useRefusals(words.roleList.taken);
  const retry = useRetryKey();
  useHeading(words.roleList.create, '/app/comptes/roles', words.roleList.back);
  const create = async () => {
    const wrong = roleFaults(fields, words.roleList.faults);
    if (Object.keys(wrong).length > 0) return refuse({ faults: wrong });
    const input = roleInput(fields);
    await submit(async () => {
      const variables = { input, idempotencyKey: retry.keyFor(input) };
      const outcome = (await client.mutate({ mutation: CreateRoleDocument, variables })).data?.outcome;
      if (outcome?.__typename !== 'RoleCreated') return refusalOf(outcome);
      retry.forget();
      keep(blankRole);
      notice(words.roleList.created);
      await navigate(`/app/comptes/roles/${outcome.role.id}`, { replace: true });
      return null;
    });
  };
  return (
    <div className={sheet.alone}>
      <Panel title={words.roleList.sheet}>
        <AccountForm
          label={words.roleList.create}
          testId="role-form"
          faults={faults}
          whole={whole}
          onSubmit={create}
          actions={
            <Button type="submit" loading={busy} data-testid="save-role">
              {words.roleList.create}
            </Button>
          }
        >
          <RoleFieldSet
            fields={fields}
            faults={faults}
            onChange={(next) => {
              keep({ ...fields, ...next });
              forget();
            }}
          />
        </AccountForm>
      </Panel>
    </div>
  );
}
