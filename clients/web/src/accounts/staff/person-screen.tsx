import { useState } from 'react';
import { useParams } from 'react-router';
import { Panel } from '../../controls/panel.tsx';
import { Empty, Lines, Trouble } from '../../controls/quiet.tsx';
import sheet from '../../controls/sheet.module.css';
import { useHeading } from '../../frame/heading.tsx';
import { OneStaffMemberDocument, type StaffDetailFragment } from '../../generated/operations.ts';
import { useAsked } from '../../graph/use-asked.ts';
import { AccountsIcon } from '../../icons.tsx';
import { useLanguage } from '../../language/language.tsx';
import { LatestEvents } from '../journal/latest-events.tsx';
import { useAccountsSignal } from '../use-accounts-signal.ts';
import { EditPerson } from './edit-person.tsx';
import { PersonAccess } from './person-access.tsx';
import { PersonFacts } from './person-facts.tsx';

const kinds = ['staff', 'role'] as const;

/** One member of staff: what is known, what may be done, what happened. */
export function PersonScreen() {
  const { id = '' } = useParams();
  const { words } = useLanguage();
  const asked = useAsked(OneStaffMemberDocument, { id });
  useAccountsSignal(kinds, asked.reload);
  const person = asked.data?.staffMember ?? null;
  useHeading(person?.name ?? words.staff.title, '/app/comptes/personnel', words.staff.back);
  if (asked.failed && person === null) return <Trouble title={words.staff.failedToLoad} onRetry={asked.reload} />;
  if (asked.data === null) return <Lines count={8} />;
  if (person === null) return <Empty icon={<AccountsIcon />} title={words.staff.missing} />;
  return <Person key={id} person={person} />;
}

function Person({ person: read }: { person: StaffDetailFragment }) {
  const { words } = useLanguage();
  const [own, setOwn] = useState(read);
  const person = read.version >= own.version ? read : own;
  return (
    <div className={sheet.screen} data-testid="person" data-version={person.version}>
      <div className={sheet.main}>
        <Panel title={words.staff.sheet}>
          <EditPerson person={person} onSaved={setOwn} />
        </Panel>
      </div>
      <div className={sheet.side}>
        <PersonFacts person={person} />
        <PersonAccess person={person} onChanged={setOwn} />
        <LatestEvents entityType="staff" entityId={person.id} actorId={`staff:${person.id}`} />
      </div>
    </div>
  );
}
