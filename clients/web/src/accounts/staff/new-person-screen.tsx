import { useState } from 'react';
import { useHeading } from '../../frame/heading.tsx';
import { CreateStaffDocument } from '../../generated/operations.ts';
import { useLanguage } from '../../language/language.tsx';
import { useConnection } from '../../session/session.tsx';
import { CreationSheet } from '../form/creation-sheet.tsx';
import { GeneratedSecret } from '../form/generated-secret.tsx';
import { SecretField } from '../form/secret-field.tsx';
import { useCreation } from '../form/use-creation.ts';
import { useRefusals } from '../form/use-submission.ts';
import { useMe } from '../use-me.ts';
import { PersonFieldSet } from './person-fields.tsx';
import { blankPerson, personFaults, personInput, type Secrets, secretFaults } from './person-sheet.ts';

const noSecrets: Secrets = { password: '', pin: '' };

/** Somebody who begins to work here. */
export function NewPersonScreen() {
  const { words } = useLanguage();
  const { client } = useConnection();
  const me = useMe();
  // Not in the draft: secrets are not to be left in the tab.
  const [secrets, setSecrets] = useState(noSecrets);
  const refusalOf = useRefusals(words.accounts.taken);
  useHeading(words.staff.create, '/app/comptes/personnel', words.staff.back);

  const creation = useCreation({
    draft: 'person',
    blank: blankPerson,
    faultWords: words.staff.faults,
    madeWords: words.staff.created,
    check: (fields) => ({
      ...personFaults(fields, me !== null && me.stores !== null, words.staff.faults),
      ...secretFaults(secrets, fields.login, words.staff.faults),
    }),
    inputOf: (fields) => ({ ...personInput(fields), password: secrets.password, pin: secrets.pin === '' ? null : secrets.pin }),
    send: async (variables) => {
      const outcome = (await client.mutate({ mutation: CreateStaffDocument, variables })).data?.outcome;
      if (outcome?.__typename !== 'StaffCreated') return { kind: 'refused', refusal: refusalOf(outcome) };
      return { kind: 'made', address: `/app/comptes/personnel/${outcome.staffMember.id}` };
    },
  });
  const { faults } = creation;
  const changeSecret = (next: Partial<Secrets>) => {
    setSecrets({ ...secrets, ...next });
    creation.forget();
  };

  return (
    <CreationSheet title={words.staff.sheet} label={words.staff.create} testName="person" creation={creation}>
      <PersonFieldSet fields={creation.fields} faults={faults} onChange={creation.change} />
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
    </CreationSheet>
  );
}
