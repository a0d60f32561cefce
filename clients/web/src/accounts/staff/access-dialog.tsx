import { Modal } from '@mantine/core';
import { useRef, useState } from 'react';
import { useAnnouncer } from '../../frame/announcer.tsx';
import {
  DisableStaffDocument,
  EnableStaffDocument,
  ResetPasswordDocument,
  ResetPinDocument,
  type StaffActionFragment,
  type StaffDetailFragment,
} from '../../generated/operations.ts';
import { useLanguage } from '../../language/language.tsx';
import { useConnection } from '../../session/session.tsx';
import { DialogForm } from '../form/dialog-form.tsx';
import { GeneratedSecret } from '../form/generated-secret.tsx';
import { isPassword, isPin } from '../form/secret-faults.ts';
import { SecretField } from '../form/secret-field.tsx';
import { useRefusals, useSubmission } from '../form/use-submission.ts';

export type AccessAction = 'disable' | 'enable' | 'resetPassword' | 'resetPin' | 'removePin';

const doneOf = {
  disable: 'disableDone',
  enable: 'enableDone',
  resetPassword: 'resetPasswordDone',
  resetPin: 'resetPinDone',
  removePin: 'removePinDone',
} as const;

interface AccessDialogProps {
  readonly asking: AccessAction | null;
  readonly person: StaffDetailFragment;
  onClose(): void;
  onChanged(person: StaffDetailFragment): void;
}

/** Asks before a way in is given or taken. It stays in the page when it closes, so that the focus goes back to where it came from. */
export function AccessDialog({ asking, person, onClose, onChanged }: AccessDialogProps) {
  const { words } = useLanguage();
  const last = useRef<AccessAction>('disable');
  if (asking !== null) last.current = asking;
  const action = asking ?? last.current;
  return (
    <Modal
      opened={asking !== null}
      onClose={onClose}
      title={words.staff[`${action}Title`](person.name)}
      centered
      closeButtonProps={{ 'aria-label': words.app.close }}
    >
      <AccessForm key={`${action} ${asking !== null}`} action={action} person={person} onClose={onClose} onChanged={onChanged} />
    </Modal>
  );
}

function AccessForm({ action, person, onClose, onChanged }: Omit<AccessDialogProps, 'asking'> & { action: AccessAction }) {
  const { words } = useLanguage();
  const { client } = useConnection();
  const { notice } = useAnnouncer();
  const [secret, setSecret] = useState('');
  const submission = useSubmission(words.staff.faults);
  const { faults, submit, refuse, forget } = submission;
  const refusalOf = useRefusals(words.accounts.taken);
  const { id, version: expectedVersion, login } = person;
  const type = (text: string) => {
    setSecret(text);
    forget();
  };

  const tell = async (): Promise<StaffActionFragment | undefined> => {
    if (action === 'resetPassword')
      return (await client.mutate({ mutation: ResetPasswordDocument, variables: { id, password: secret } })).data?.outcome;
    if (action === 'resetPin' || action === 'removePin')
      return (await client.mutate({ mutation: ResetPinDocument, variables: { id, pin: action === 'removePin' ? null : secret } })).data
        ?.outcome;
    const mutation = action === 'disable' ? DisableStaffDocument : EnableStaffDocument;
    return (await client.mutate({ mutation, variables: { id, expectedVersion } })).data?.outcome;
  };
  const send = async () => {
    if (action === 'resetPassword' && !isPassword(secret, login))
      return refuse({ faults: { password: words.staff.faults.password ?? '' } });
    if (action === 'resetPin' && !isPin(secret)) return refuse({ faults: { pin: words.staff.faults.pin ?? '' } });
    await submit(async () => {
      const outcome = await tell();
      if (outcome?.__typename !== 'StaffUpdated') return refusalOf(outcome);
      notice(words.staff[doneOf[action]]);
      onChanged(outcome.staffMember);
      onClose();
      return null;
    });
  };
  const grave = action === 'disable' || action === 'removePin';
  const answer = action === 'resetPassword' || action === 'resetPin' ? words.staff[`${action}Do`] : words.staff[action];
  return (
    <DialogForm answer={answer} grave={grave} testName="access" submission={submission} onClose={onClose} onSubmit={() => void send()}>
      <p>{words.staff[`${action}Text`]}</p>
      {action === 'resetPassword' && (
        <GeneratedSecret label={words.staff.newPassword} value={secret} fault={faults.password} focused onChange={type} />
      )}
      {action === 'resetPin' && (
        <SecretField
          label={words.staff.pin}
          {...(faults.pin === undefined ? { description: words.staff.faults.pin ?? '' } : {})}
          value={secret}
          fault={faults.pin}
          kind="one-time-code"
          name="pin"
          numeric
          focused
          onChange={type}
        />
      )}
    </DialogForm>
  );
}
