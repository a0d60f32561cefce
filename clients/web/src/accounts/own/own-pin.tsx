import { Button } from '@mantine/core';
import { useState } from 'react';
import { useAnnouncer } from '../../frame/announcer.tsx';
import { SetPinDocument } from '../../generated/operations.ts';
import { useLanguage } from '../../language/language.tsx';
import { sayFaults } from '../../language/say-faults.ts';
import { useConnection } from '../../session/session.tsx';
import { AccountForm } from '../form/account-form.tsx';
import form from '../form/form.module.css';
import { isPin } from '../form/secret-faults.ts';
import { SecretField } from '../form/secret-field.tsx';
import { useSubmission } from '../form/use-submission.ts';
import { sayRefusal } from './say-refusal.ts';

/** Sets or removes the own PIN; both ask for the password. */
export function OwnPin({ hasPin, onChanged }: { hasPin: boolean; onChanged(hasPin: boolean): void }) {
  const { words, format } = useLanguage();
  const { client } = useConnection();
  const { notice } = useAnnouncer();
  const [currentPassword, setCurrentPassword] = useState('');
  const [pin, setPin] = useState('');
  const { faults, whole, busy, submit, refuse, forget } = useSubmission(words.own.faults);
  const send = async (next: string | null) => {
    const wrong = { pin: next !== null && !isPin(next), currentPassword: currentPassword === '' };
    const said = sayFaults(wrong, words.own.faults);
    if (Object.keys(said).length > 0) return refuse({ faults: said });
    await submit(async () => {
      const outcome = (await client.mutate({ mutation: SetPinDocument, variables: { currentPassword, pin: next } })).data?.outcome;
      if (outcome?.__typename !== 'PinSet') return sayRefusal(outcome, words, format);
      setCurrentPassword('');
      setPin('');
      notice(next === null ? words.own.pinRemoved : words.own.pinChanged);
      onChanged(outcome.staffMember.hasPin);
      return null;
    });
  };
  return (
    <AccountForm
      label={words.own.pinTitle}
      testId="pin-form"
      faults={faults}
      whole={whole}
      onSubmit={() => void send(pin)}
      actions={
        <>
          <Button type="submit" loading={busy} data-testid="set-pin">
            {words.own.setPin}
          </Button>
          {hasPin && (
            <Button variant="default" disabled={busy} onClick={() => void send(null)} data-testid="remove-pin">
              {words.own.removePin}
            </Button>
          )}
        </>
      }
    >
      <p className={form.note}>
        {words.own.pinText} <strong data-testid="pin-state">{hasPin ? words.own.hasPin : words.own.noPin}</strong>
      </p>
      <SecretField
        label={words.own.pin}
        value={pin}
        fault={faults.pin}
        kind="one-time-code"
        name="pin"
        numeric
        onChange={(value) => {
          setPin(value);
          forget();
        }}
      />
      <SecretField
        label={words.own.current}
        value={currentPassword}
        fault={faults.currentPassword}
        kind="current-password"
        name="currentPassword"
        onChange={(value) => {
          setCurrentPassword(value);
          forget();
        }}
      />
    </AccountForm>
  );
}
