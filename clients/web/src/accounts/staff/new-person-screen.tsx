import { Button } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Panel } from '../../controls/panel.tsx';
import { useAnnouncer } from '../../frame/announcer.tsx';
import { useHeading } from '../../frame/heading.tsx';
import { CreateStaffDocument } from '../../generated/operations.ts';
import { useLanguage } from '../../language/language.tsx';
import { useDraft } from '../../session/draft.ts';
import { useConnection } from '../../session/session.tsx';
import { AccountForm } from '../form/account-form.tsx';
import { GeneratedSecret } from '../form/generated-secret.tsx';
import { SecretField } from '../form/secret-field.tsx';
import { useRefusals, useSubmission } from '../form/use-submission.ts';
import sheet from '../sheet.module.css';
import { useMe } from '../use-me.ts';
import { useRetryKey } from '../use-retry-key.ts';
import { PersonFieldSet } from './person-fields.tsx';
import { blankPerson, type PersonFields, personFaults, personInput, type Secrets, secretFaults } from './person-sheet.ts';

const noSecrets: Secrets = { password: '', pin: '' };

/** Somebody who begins to work here. */
export function NewPersonScreen() {
  const { words } = useLanguage();
  const { client } = useConnection();
  const { notice } = useAnnouncer();
  const navigate = useNavigate();
  const me = useMe();
  const [fields, keep] = useDraft<PersonFields>('person', blankPerson);
  // Not in the draft: secrets are not to be left in the tab.
  const [secrets, setSecrets] = useState(noSecrets);
  const { faults, whole, busy, submit, refuse, forget } = useSubmission(words.staff.faults);
  const refusalOf = useRefusals(words.accounts.taken);
  const retry = useRetryKey();
  useHeading(words.staff.create, '/app/comptes/personnel', words.staff.back);

  const create = async () => {
    const wrong = {
      ...personFaults(fields, me !== null && me.stores !== null, words.staff.faults),
      ...secretFaults(secrets, fields.login, words.staff.faults),
    };
    if (Object.keys(wrong).length > 0) return refuse({ faults: wrong });
    const input = { ...personInput(fields), password: secrets.password, pin: secrets.pin === '' ? null : secrets.pin };
    await submit(async () => {
      const variables = { input, idempotencyKey: retry.keyFor(input) };
      const outcome = (await client.mutate({ mutation: CreateStaffDocument, variables })).data?.outcome;
      if (outcome?.__typename !== 'StaffCreated') return refusalOf(outcome);
      retry.forget();
      keep(blankPerson);
      notice(words.staff.created);
      await navigate(`/app/comptes/personnel/${outcome.staffMember.id}`, { replace: true });
      return null;
    });
  };
  const changeSecret = (next: Partial<Secrets>) => {
    setSecrets({ ...secrets, ...next });
    forget();
  };

  return (
    <div className={sheet.alone}>
      <Panel title={words.staff.sheet}>
        <AccountForm
          label={words.staff.create}
          testId="person-form"
          faults={faults}
          whole={whole}
          onSubmit={create}
          actions={
            <Button type="submit" loading={busy} data-testid="save-person">
              {words.staff.create}
            </Button>
          }
        >
          <PersonFieldSet
            fields={fields}
            faults={faults}
            onChange={(next) => {
              keep({ ...fields, ...next });
              forget();
            }}
          />
          <GeneratedSecret
            label={words.staff.password}
            value={secrets.password}
            fault={faults.password}
            onChange={(password) => changeSecret({ password })}
          />
          <SecretField
            label={words.staff.pin}
            description={words.staff.pinHint}
            value={secrets.pin}
            fault={faults.pin}
            kind="one-time-code"
            name="pin"
            numeric
            onChange={(pin) => changeSecret({ pin })}
          />
        </AccountForm>
      </Panel>
    </div>
  );
}
