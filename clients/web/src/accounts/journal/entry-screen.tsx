import { useEffect, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { Panel } from '../../controls/panel.tsx';
import { Empty, Lines, Trouble } from '../../controls/quiet.tsx';
import sheet from '../../controls/sheet.module.css';
import { allPages } from '../../feed/all-pages.ts';
import { useHeading } from '../../frame/heading.tsx';
import { AuditAroundDocument, type AuditAroundQuery } from '../../generated/operations.ts';
import { ask } from '../../graph/ask.ts';
import { JournalIcon } from '../../icons.tsx';
import { useLanguage } from '../../language/language.tsx';
import { useConnection } from '../../session/session.tsx';
import { pageOf } from '../page-of.ts';
import parts from '../parts.module.css';
import { staffIdOf } from './actor-name.tsx';
import { Changes } from './changes.tsx';
import { entityAddress } from './entity-address.ts';
import { sayObject } from './say-entry.ts';

type Entry = AuditAroundQuery['auditLog']['nodes'][number];

const mostPages = 5;

/** One entry of the audit log, with what changed. */
export function EntryScreen() {
  const { id = '' } = useParams();
  const [address] = useSearchParams();
  const { words } = useLanguage();
  const { entry, failed, reload } = useEntry(id, address.get('le') ?? '');
  const title = entry === null || entry === 'missing' ? words.journal.entry : (words.journal.actions[entry.action] ?? entry.action);
  useHeading(title.charAt(0).toUpperCase() + title.slice(1), '/app/comptes/journal', words.journal.back);
  if (failed) return <Trouble title={words.journal.failed} onRetry={reload} />;
  if (entry === null) return <Lines count={6} />;
  if (entry === 'missing') return <Empty icon={<JournalIcon />} title={words.journal.missing} />;
  return <OneEntry entry={entry} />;
}

function OneEntry({ entry }: { entry: Entry }) {
  const { words, format } = useLanguage();
  const { action, actorId, actorName, at, entityId, entityType, stores, changes } = entry;
  const object = sayObject(entry, words);
  const address = entityAddress(entityType, entityId);
  const staffId = staffIdOf(actorId);
  return (
    <div className={sheet.screen} data-testid="entry">
      <div className={sheet.main}>
        <Panel title={words.journal.changes}>
          <Changes changes={changes} />
        </Panel>
      </div>
      <div className={sheet.side}>
        <Panel title={words.accounts.facts}>
          <dl className={sheet.facts}>
            <div>
              <dt>{words.journal.actor}</dt>
              <dd>{staffId === null ? actorName : <Link to={`/app/comptes/personnel/${staffId}`}>{actorName}</Link>}</dd>
            </div>
            <div>
              <dt>{words.journal.at}</dt>
              <dd>
                <time dateTime={at}>{`${format.dateTime(at)} (${format.time(at)})`}</time>
              </dd>
            </div>
            <div>
              <dt>{words.journal.object}</dt>
              <dd>{address === null ? object : <Link to={address}>{object}</Link>}</dd>
            </div>
            <div>
              <dt>{words.journal.stores}</dt>
              <dd>{stores.map(({ name }) => name).join(', ') || words.journal.noStores}</dd>
            </div>
            <div data-wide>
              <dt>{words.journal.technical}</dt>
              <dd>
                <code>{action}</code>
              </dd>
            </div>
          </dl>
          <p className={parts.more}>
            <Link to={`/app/comptes/journal?sur=${entityType}&objet=${encodeURIComponent(entityId)}`}>{words.journal.moreOfEntity}</Link>
            <Link to={`/app/comptes/journal?par=${encodeURIComponent(actorId)}`}>{words.journal.moreOfActor}</Link>
          </p>
        </Panel>
      </div>
    </div>
  );
}

/** The graph has no question for one entry: it is looked for among those of its moment. */
function useEntry(id: string, at: string) {
  const { client } = useConnection();
  const [turn, setTurn] = useState(0);
  const [found, setFound] = useState<{ sign: string; entry: Entry | 'missing' | 'failed' } | null>(null);
  const sign = `${id} ${at}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn means to ask again
  useEffect(() => {
    let gone = false;
    const moment = Date.parse(at);
    if (Number.isNaN(moment)) return setFound({ sign, entry: 'missing' });
    const variables = { since: new Date(moment).toISOString(), until: new Date(moment + 1).toISOString() };
    allPages(async (after) => pageOf((await ask(client, AuditAroundDocument, { ...variables, after })).auditLog), mostPages).then(
      ({ nodes }) => !gone && setFound({ sign, entry: nodes.find((node) => node.id === id) ?? 'missing' }),
      () => !gone && setFound({ sign, entry: 'failed' }),
    );
    return () => {
      gone = true;
    };
  }, [client, sign, turn]);
  const entry = found?.sign === sign ? found.entry : null;
  return { entry: entry === 'failed' ? null : entry, failed: entry === 'failed', reload: () => setTurn((before) => before + 1) };
}
