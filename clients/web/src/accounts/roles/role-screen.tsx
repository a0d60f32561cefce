import { Button } from '@mantine/core';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { Confirm } from '../../controls/confirm.tsx';
import { Panel } from '../../controls/panel.tsx';
import { Empty, Lines, Trouble } from '../../controls/quiet.tsx';
import sheet from '../../controls/sheet.module.css';
import { useAnnouncer } from '../../frame/announcer.tsx';
import { useHeading } from '../../frame/heading.tsx';
import { DeleteRoleDocument, type GivenRoleFragment } from '../../generated/operations.ts';
import { RoleIcon, TrashIcon } from '../../icons.tsx';
import { useLanguage } from '../../language/language.tsx';
import { useConnection } from '../../session/session.tsx';
import form from '../form/form.module.css';
import { useRefusals, useSubmission } from '../form/use-submission.ts';
import { LatestEvents } from '../journal/latest-events.tsx';
import parts from '../parts.module.css';
import { rightName, roleName } from '../say-role.ts';
import { useRoles } from '../use-roles.ts';
import { EditRole } from './edit-role.tsx';
import { RoleHolders } from './role-holders.tsx';

/** One role: what it lets do, and who has it. */
export function RoleScreen() {
  const { id = '' } = useParams();
  const { words } = useLanguage();
  const { roles, failed, reload } = useRoles();
  const role = roles?.find((each) => each.id === id) ?? null;
  useHeading(role === null ? words.roleList.name : roleName(role, words), '/app/comptes/roles', words.roleList.back);
  if (failed && roles === null) return <Trouble title={words.roleList.failedToLoad} onRetry={reload} />;
  if (roles === null) return <Lines count={8} />;
  if (role === null) return <Empty icon={<RoleIcon />} title={words.roleList.missing} />;
  return <OneRole key={id} role={role} />;
}

function OneRole({ role: read }: { role: GivenRoleFragment }) {
  const { words } = useLanguage();
  const [own, setOwn] = useState(read);
  const role = read.version >= own.version ? read : own;
  return (
    <div className={sheet.screen} data-testid="role">
      <div className={sheet.main}>
        <Panel title={words.roleList.sheet}>{role.fixed ? <FixedRole role={role} /> : <EditRole role={role} onSaved={setOwn} />}</Panel>
      </div>
      <div className={sheet.side}>
        <RoleHolders role={role} />
        {!role.fixed && <LatestEvents entityType="role" entityId={role.id} />}
        {!role.fixed && <RemoveRole role={role} />}
      </div>
    </div>
  );
}

function FixedRole({ role }: { role: GivenRoleFragment }) {
  const { words } = useLanguage();
  const [right] = role.grants;
  return (
    <>
      <dl className={sheet.facts}>
        <div data-wide>
          <dt>{words.roleList.fieldDescription}</dt>
          <dd>{right === undefined ? role.description : words.accounts.roleHints[right]}</dd>
        </div>
        <div data-wide>
          <dt>{words.roleList.fieldGrants}</dt>
          <dd>{role.grants.map((each) => rightName(each, words)).join(', ')}</dd>
        </div>
      </dl>
      <p className={parts.note}>{words.roleList.fixedNote}</p>
    </>
  );
}

function RemoveRole({ role }: { role: GivenRoleFragment }) {
  const { words } = useLanguage();
  const { client } = useConnection();
  const { notice } = useAnnouncer();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const { whole, busy, submit, forget } = useSubmission(words.roleList.faults);
  const refusalOf = useRefusals(words.roleList.taken);
  const remove = () =>
    submit(async () => {
      const variables = { id: role.id, expectedVersion: role.version };
      const outcome = (await client.mutate({ mutation: DeleteRoleDocument, variables })).data?.outcome;
      if (outcome?.__typename !== 'RoleDeleted') return refusalOf(outcome);
      notice(words.roleList.removed);
      await navigate('/app/comptes/roles', { replace: true });
      return null;
    });
  return (
    <div>
      <Button
        variant="default"
        size="sm"
        leftSection={<TrashIcon />}
        onClick={() => {
          forget();
          setAsking(true);
        }}
        data-testid="remove-role"
      >
        {words.roleList.remove}
      </Button>
      <Confirm
        opened={asking}
        title={words.roleList.removeTitle(role.name)}
        text={words.roleList.removeText}
        answer={words.roleList.remove}
        grave
        busy={busy}
        onClose={() => setAsking(false)}
        onAnswer={remove}
      >
        {whole === null ? undefined : (
          <p role="alert" className={form.fault}>
            {whole}
          </p>
        )}
      </Confirm>
    </div>
  );
}
