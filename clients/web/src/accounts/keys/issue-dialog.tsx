import { Button, Modal, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { CopyButton } from '../../controls/copy-button.tsx';
import { DayField } from '../../controls/day-field.tsx';
import { type ConsumerRowFragment, IssueApiKeyDocument } from '../../generated/operations.ts';
import { useLanguage } from '../../language/language.tsx';
import { useConnection } from '../../session/session.tsx';
import { endOfDay } from '../days.ts';
import { DialogForm } from '../form/dialog-form.tsx';
import form from '../form/form.module.css';
import { useRefusals, useSubmission } from '../form/use-submission.ts';
import { useRetryKey } from '../use-retry-key.ts';
import classes from './keys-panel.module.css';

interface IssueDialogProps {
  readonly consumer: ConsumerRowFragment;
  readonly opened: boolean;
  onClose(): void;
  onIssued(): void;
}

/** Issues a key and shows its secret, this once: while it is shown, only the reader closes the dialog. */
export function IssueDialog({ consumer, opened, onClose, onIssued }: IssueDialogProps) {
  const { words } = useLanguage();
  const [secret, setSecret] = useState<string | null>(null);
  const shown = secret !== null;
  const close = () => {
    setSecret(null);
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={shown ? words.keys.secretTitle : words.keys.issueTitle(consumer.name)}
      centered
      closeOnClickOutside={!shown}
      closeOnEscape={!shown}
      withCloseButton={!shown}
      closeButtonProps={{ 'aria-label': words.app.close }}
    >
      {secret === null ? (
        <IssueForm
          key={String(opened)}
          consumerId={consumer.id}
          onClose={close}
          onIssued={(issued) => {
            setSecret(issued);
            onIssued();
          }}
        />
      ) : (
        <Secret secret={secret} onClose={close} />
      )}
    </Modal>
  );
}

function IssueForm({ consumerId, onClose, onIssued }: { consumerId: string; onClose(): void; onIssued(secret: string): void }) {
  const { words } = useLanguage();
  const { client } = useConnection();
  const [label, setLabel] = useState('');
  /** Nothing: no end; null: what was typed is no day. */
  const [day, setDay] = useState<string | null>('');
  const submission = useSubmission(words.keys.faults);
  const { faults, submit, refuse, forget } = submission;
  const refusalOf = useRefusals(words.accounts.taken);
  const retry = useRetryKey();
  const issue = async () => {
    const expiresAt = day === null ? null : endOfDay(day);
    if (day !== '' && (expiresAt === null || Date.parse(expiresAt) <= Date.now()))
      return refuse({ faults: { expiresAt: words.keys.faults.expiresAt ?? '' } });
    const input = { consumerId, label: label.trim(), expiresAt };
    await submit(async () => {
      const variables = { input, idempotencyKey: retry.keyFor(input) };
      const outcome = (await client.mutate({ mutation: IssueApiKeyDocument, variables })).data?.outcome;
      if (outcome?.__typename !== 'ApiKeyIssued') return refusalOf(outcome);
      retry.forget();
      // The first answer, which had it, did not arrive.
      if (outcome.secret === null) return { whole: words.keys.secretLost };
      onIssued(outcome.secret);
      return null;
    });
  };
  return (
    <DialogForm answer={words.keys.issueDo} testName="issue" submission={submission} onClose={onClose} onSubmit={() => void issue()}>
      <TextInput
        label={words.keys.issueLabel}
        description={words.keys.issueLabelHint}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={label}
        onChange={(event) => {
          setLabel(event.currentTarget.value);
          forget();
        }}
        error={faults.label}
        autoComplete="off"
        data-autofocus
      />
      <DayField
        label={words.keys.issueExpires}
        description={words.keys.issueExpiresHint}
        value={day ?? ''}
        onChange={(next) => {
          setDay(next);
          forget();
        }}
        error={faults.expiresAt}
      />
    </DialogForm>
  );
}

function Secret({ secret, onClose }: { secret: string; onClose(): void }) {
  const { words } = useLanguage();
  const field = useRef<HTMLInputElement>(null);
  return (
    <div className={form.stack}>
      <p role="alert" className={classes.warning}>
        {words.keys.secretWarning}
      </p>
      <div className={classes.secret}>
        <TextInput
          ref={field}
          label={words.keys.secretField}
          value={secret}
          readOnly
          autoFocus
          onFocus={(event) => event.currentTarget.select()}
          spellCheck={false}
          autoComplete="off"
          data-testid="secret"
        />
        <CopyButton field={field} value={secret} />
      </div>
      <p className={classes.use}>{words.keys.secretUse}</p>
      <div className={form.answers}>
        <Button onClick={onClose} data-testid="secret-done">
          {words.keys.secretDone}
        </Button>
      </div>
    </div>
  );
}
