import {
  type ConsumerRowFragment,
  ConsumersDocument,
  PlacesDocument,
  type Role,
  type Tier,
  UpdateConsumerDocument,
} from '../../generated/operations.ts';
import { ask } from '../../graph/ask.ts';
import { useAsked } from '../../graph/use-asked.ts';
import { useLanguage } from '../../language/language.tsx';
import { useConnection } from '../../session/session.tsx';
import { EditForm } from '../form/edit-form.tsx';
import { changedOnly } from '../form/fields.ts';
import { useEditing } from '../form/use-editing.ts';
import { useRefusals } from '../form/use-submission.ts';
import { rightName } from '../say-role.ts';
import { ConsumerFieldSet } from './consumer-fields.tsx';
import { type ConsumerFields, consumerFaults, consumerInput, fieldsOfConsumer, type Limits } from './consumer-sheet.ts';

interface EditConsumerProps {
  readonly consumer: ConsumerRowFragment;
  readonly tierLimits: ReadonlyMap<Tier, Limits>;
  onSaved(consumer: ConsumerRowFragment): void;
}

const nothing = {};

/** Changes a program: its keys have the new rights and limits at once. */
export function EditConsumer({ consumer, tierLimits, onSaved }: EditConsumerProps) {
  const { words } = useLanguage();
  const { client } = useConnection();
  const refusalOf = useRefusals(words.keys.taken);
  const places = useAsked(PlacesDocument, nothing).data?.places ?? [];
  const { id } = consumer;
  const editing = useEditing<ConsumerRowFragment, ConsumerFields>({
    row: consumer,
    faultWords: words.keys.faults,
    fieldsOf: (row) => fieldsOfConsumer(row, row.tier === null ? undefined : tierLimits.get(row.tier)),
    check: (fields) => consumerFaults(fields, words.keys.faults),
    send: async (wanted, changed, expectedVersion) => {
      const named = changed.includes('everywhere') ? [...changed, 'stores'] : changed;
      const input = { ...changedOnly(consumerInput(wanted), named), expectedVersion };
      const outcome = (await client.mutate({ mutation: UpdateConsumerDocument, variables: { id, input } })).data?.outcome;
      if (outcome?.__typename === 'ConsumerUpdated') return { kind: 'saved', row: outcome.consumer };
      return outcome?.__typename === 'StaleValue' ? { kind: 'stale' } : { kind: 'refused', refusal: refusalOf(outcome) };
    },
    reread: async () => (await ask(client, ConsumersDocument, {})).consumers.find((each) => each.id === id) ?? null,
    onSaved,
  });
  const say = (field: string, value: string | boolean | readonly string[]) => {
    if (typeof value === 'boolean') return value ? words.journal.yes : words.journal.no;
    if (field === 'tier') return words.keys.tiers[value as Tier];
    if (typeof value === 'string') return value === '' ? words.accounts.none : value;
    const names = value.map((one) =>
      field === 'roles' ? rightName(one as Role, words) : (places.find((place) => place.id === one)?.name ?? one),
    );
    return names.join(', ') || words.accounts.none;
  };
  const { name, roles, tier, perMinute, perHour, everywhere, stores } = words.keys;
  const labels = { name, roles, tier, perMinute, perHour, everywhere, stores };
  return (
    <EditForm label={words.keys.sheet} testName="consumer" editing={editing} labels={labels} say={say}>
      <ConsumerFieldSet fields={editing.fields} faults={editing.faults} onChange={editing.change} />
    </EditForm>
  );
}
