import { useState } from 'react';
import { useParams } from 'react-router';
import { Panel } from '../../controls/panel.tsx';
import { Empty, Lines, Trouble } from '../../controls/quiet.tsx';
import sheet from '../../controls/sheet.module.css';
import { useHeading } from '../../frame/heading.tsx';
import type { ConsumerRowFragment } from '../../generated/operations.ts';
import { KeyIcon } from '../../icons.tsx';
import { useLanguage } from '../../language/language.tsx';
import { LatestEvents } from '../journal/latest-events.tsx';
import parts from '../parts.module.css';
import { EditConsumer } from './edit-consumer.tsx';
import { KeysPanel } from './keys-panel.tsx';
import { useConsumers } from './use-consumers.ts';
import { useTiers } from './use-tiers.ts';

/** One program: what it may do, and the keys it signs in with. */
export function ConsumerScreen() {
  const { id = '' } = useParams();
  const { words } = useLanguage();
  const { consumers, failed, reload } = useConsumers();
  const consumer = consumers?.find((each) => each.id === id) ?? null;
  useHeading(consumer?.name ?? words.keys.consumer, '/app/comptes/cles', words.keys.back);
  if (failed && consumers === null) return <Trouble title={words.keys.failedToLoad} onRetry={reload} />;
  if (consumers === null) return <Lines count={8} />;
  if (consumer === null) return <Empty icon={<KeyIcon />} title={words.keys.missing} />;
  return <OneConsumer key={id} consumer={consumer} />;
}

function OneConsumer({ consumer: read }: { consumer: ConsumerRowFragment }) {
  const { words } = useLanguage();
  const tierLimits = useTiers();
  const [own, setOwn] = useState(read);
  const consumer = read.version >= own.version ? read : own;
  return (
    <div className={sheet.screen} data-testid="consumer">
      <div className={sheet.main}>
        <KeysPanel consumer={consumer} />
        <Panel title={words.keys.sheet}>
          {consumer.demo && <p className={parts.warning}>{words.accounts.demoHint}</p>}
          {tierLimits === null ? <Lines count={6} /> : <EditConsumer consumer={consumer} tierLimits={tierLimits} onSaved={setOwn} />}
        </Panel>
      </div>
      <div className={sheet.side}>
        <LatestEvents entityType="consumer" entityId={consumer.id} actorId={consumer.id} />
      </div>
    </div>
  );
}
