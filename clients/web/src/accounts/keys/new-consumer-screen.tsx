import { Button } from '@mantine/core';
import { useNavigate } from 'react-router';
import { Panel } from '../../controls/panel.tsx';
import { useAnnouncer } from '../../frame/announcer.tsx';
import { useHeading } from '../../frame/heading.tsx';
import { CreateConsumerDocument } from '../../generated/operations.ts';
import { useLanguage } from '../../language/language.tsx';
import { useDraft } from '../../session/draft.ts';
import { useConnection } from '../../session/session.tsx';
import { AccountForm } from '../form/account-form.tsx';
import { useRefusals, useSubmission } from '../form/use-submission.ts';
import sheet from '../sheet.module.css';
import { useRetryKey } from '../use-retry-key.ts';
import { ConsumerFieldSet } from './consumer-fields.tsx';
import { blankConsumer, type ConsumerFields, consumerFaults, consumerInput } from './consumer-sheet.ts';

/** A program that is to sign in; it gets its key once it is there. */
export function NewConsumerScreen() {
  const { words } = useLanguage();
  const { client } = useConnection();
  const { notice } = useAnnouncer();
  const navigate = useNavigate();
  const [fields, keep] = useDraft<ConsumerFields>('consumer', blankConsumer);
  const { faults, whole, busy, submit, refuse, forget } = useSubmission(words.keys.faults);
  const refusalOf = useRefusals(words.keys.taken);
  const retry = useRetryKey();
  useHeading(words.keys.create, '/app/comptes/cles', words.keys.back);
  const create = async () => {
    const wrong = consumerFaults(fields, words.keys.faults);
    if (Object.keys(wrong).length > 0) return refuse({ faults: wrong });
    const input = consumerInput(fields);
    await submit(async () => {
      const variables = { input, idempotencyKey: retry.keyFor(input) };
      const outcome = (await client.mutate({ mutation: CreateConsumerDocument, variables })).data?.outcome;
      if (outcome?.__typename !== 'ConsumerCreated') return refusalOf(outcome);
      retry.forget();
      keep(blankConsumer);
      notice(words.keys.created);
      await navigate(`/app/comptes/cles/${encodeURIComponent(outcome.consumer.id)}`, { replace: true });
      return null;
    });
  };
  return (
    <div className={sheet.alone}>
      <Panel title={words.keys.sheet}>
        <AccountForm
          label={words.keys.create}
          testId="consumer-form"
          faults={faults}
          whole={whole}
          onSubmit={create}
          actions={
            <Button type="submit" loading={busy} data-testid="save-consumer">
              {words.keys.create}
            </Button>
          }
        >
          <ConsumerFieldSet
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
