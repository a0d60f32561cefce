import { useHeading } from '../../frame/heading.tsx';
import { CreateConsumerDocument } from '../../generated/operations.ts';
import { useLanguage } from '../../language/language.tsx';
import { useConnection } from '../../session/session.tsx';
import { CreationSheet } from '../form/creation-sheet.tsx';
import { useCreation } from '../form/use-creation.ts';
import { useRefusals } from '../form/use-submission.ts';
import { ConsumerFieldSet } from './consumer-fields.tsx';
import { blankConsumer, consumerFaults, consumerInput } from './consumer-sheet.ts';

/** A program that is to sign in; it gets its key once it is there. */
export function NewConsumerScreen() {
  const { words } = useLanguage();
  const { client } = useConnection();
  const refusalOf = useRefusals(words.keys.taken);
  useHeading(words.keys.create, '/app/comptes/cles', words.keys.back);
  const creation = useCreation({
    draft: 'consumer',
    blank: blankConsumer,
    faultWords: words.keys.faults,
    madeWords: words.keys.created,
    check: (fields) => consumerFaults(fields, words.keys.faults),
    inputOf: consumerInput,
    send: async (variables) => {
      const outcome = (await client.mutate({ mutation: CreateConsumerDocument, variables })).data?.outcome;
      if (outcome?.__typename !== 'ConsumerCreated') return { kind: 'refused', refusal: refusalOf(outcome) };
      return { kind: 'made', address: `/app/comptes/cles/${encodeURIComponent(outcome.consumer.id)}` };
    },
  });
  return (
    <CreationSheet title={words.keys.sheet} label={words.keys.create} testName="consumer" creation={creation}>
      <ConsumerFieldSet fields={creation.fields} faults={creation.faults} onChange={creation.change} />
    </CreationSheet>
  );
}
