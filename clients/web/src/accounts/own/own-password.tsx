import { Button } from '@mantine/core';
import { useState } from 'react';
import { Panel } from '../../controls/panel.tsx';
import { useAnnouncer } from '../../frame/announcer.tsx';
import { ChangePasswordDocument } from '../../generated/operations.ts';
import { useLanguage } from '../../language/language.tsx';
import { sayFaults } from '../../language/say-faults.ts';
import { credentialOf } from '../../session/renewal.ts';
import { useConnection, useSession } from '../../session/session.tsx';
import { AccountForm } from '../form/account-form.tsx';
import form from '../form/form.module.css';
import { isPassword } from '../form/secret-faults.ts';
import { SecretField } from '../form/secret-field.tsx';
import { useSubmission } from '../form/use-submission.ts';
import { sayRefusal } from './say-refusal.ts';

const blank = { currentPassword: '', newPassword: '', again: '' };

/** Changes the own password. Every session ends but this one, which goes on with the tokens of the answer. */
export function OwnPassword({ login }: { login: string }) {
  const { words, format } = useLanguage();
  const { client } = useConnection();
  const { goOnWith } = useSession();
  const { notice } = useAnnouncer();
  const [fields, setFields] = useState(blank);
  const { faults, whole, busy, submit, refuse, forget } = useSubmission(words.own.faults);
  const { currentPassword, newPassword, again } = fields;
  const change = (next: Partial<typeof blank>) => {
    setFields({ ...fields, ...next });
    forget();
  };
  const send = async () => {
    const wrong = {
      currentPassword: currentPassword === '',
      newPassword: !isPassword(newPassword, login),
      again: newPassword !== again,
    };
    const said = sayFaults(wrong, words.own.faults);
    if (Object.keys(said).length > 0) return refuse({ faults: said });
    await submit(async () => {
      const variables = { currentPassword, newPassword };
      const outcome = (await client.mutate({ mutation: ChangePasswordDocument, variables })).data?.outcome;
      if (outcome?.__typename !== 'SignedIn') return sayRefusal(outcome, words, format);
      setFields(blank);
      goOnWith(credentialOf(outcome));
      notice(words.own.passwordChanged);
      return null;
    });
  };
  return (
    <Panel title={words.own.passwordTitle} testId="own-password">
      <AccountForm
        label={words.own.passwordTitle}
        testId="password-form"
        faults={faults}
        whole={whole}
        onSubmit={send}
        actions={
          <Button type="submit" loading={busy} data-testid="change-password">
            {words.own.changePassword}
          </Button>
        }
      >
        <p className={form.note}>{words.own.passwordText}</p>
        {/* For password managers: whose password it is. */}
        <input type="text" autoComplete="username" value={login} readOnly hidden />
        <SecretField
          className={form.wide}
          label={words.own.current}
          value={currentPassword}
          fault={faults.currentPassword}
          kind="current-password"
          name="currentPassword"
          onChange={(value) => change({ currentPassword: value })}
        />
        <SecretField
          label={words.own.next}
          description={words.own.nextHint}
          value={newPassword}
          fault={faults.newPassword}
          kind="new-password"
          name="newPassword"
          onChange={(value) => change({ newPassword: value })}
        />
        <SecretField
          label={words.own.again}
          value={again}
          fault={faults.again}
          kind="new-password"
          name="again"
          onChange={(value) => change({ again: value })}
        />
      </AccountForm>
    </Panel>
  );
}
