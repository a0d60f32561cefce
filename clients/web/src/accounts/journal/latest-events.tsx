import { Link } from 'react-router';
import { Panel } from '../../controls/panel.tsx';
import { Lines, Trouble } from '../../controls/quiet.tsx';
import { AuditPageDocument } from '../../generated/operations.ts';
import { useAsked } from '../../graph/use-asked.ts';
import { useLanguage } from '../../language/language.tsx';
import type { AccountKind } from '../accounts-signal.ts';
import parts from '../parts.module.css';
import { useAccountsSignal } from '../use-accounts-signal.ts';
import { entryAddress } from './entry-address.ts';

const shown = 5;

interface LatestEventsProps {
  readonly entityType: AccountKind;
  readonly entityId: string;
  /** As whom it acts itself. */
  readonly actorId?: string;
}

/** What was done to it of late, with the ways to all of it. */
export function LatestEvents({ entityType, entityId, actorId }: LatestEventsProps) {
  const { words, format } = useLanguage();
  const { data, failed, reload } = useAsked(AuditPageDocument, { filter: { entityType, entityId }, first: shown, after: null });
  useAccountsSignal([entityType], reload, true);
  const entries = data?.auditLog.nodes ?? null;
  return (
    <Panel title={words.staff.latest} testId="latest-events">
      {failed && entries === null && <Trouble title={words.journal.failed} onRetry={reload} />}
      {entries === null && !failed && <Lines count={3} />}
      {entries?.length === 0 && <p className={parts.note}>{words.staff.latestNone}</p>}
      {entries !== null && entries.length > 0 && (
        <ul className={parts.events}>
          {entries.map((entry) => (
            <li key={entry.id}>
              <Link to={entryAddress(entry)}>
                {words.journal.actions[entry.action] ?? entry.action}
                <span>{format.moment(entry.at)}</span>
                <span>{entry.actorName}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <p className={parts.more}>
        <Link to={`/app/comptes/journal?sur=${entityType}&objet=${encodeURIComponent(entityId)}`}>{words.staff.whatWasDone}</Link>
        {actorId !== undefined && <Link to={`/app/comptes/journal?par=${encodeURIComponent(actorId)}`}>{words.staff.whatTheyDid}</Link>}
      </p>
    </Panel>
  );
}
