import { Mark } from '../../controls/mark.tsx';
import { Panel } from '../../controls/panel.tsx';
import sheet from '../../controls/sheet.module.css';
import type { StaffDetailFragment } from '../../generated/operations.ts';
import { useLanguage } from '../../language/language.tsx';
import parts from '../parts.module.css';
import { rightName } from '../say-role.ts';

/** What is worth knowing about a person besides the sheet. */
export function PersonFacts({ person }: { person: StaffDetailFragment }) {
  const { words, format } = useLanguage();
  return (
    <Panel title={words.accounts.facts}>
      {person.demo && <p className={parts.warning}>{words.accounts.demoHint}</p>}
      <dl className={sheet.facts}>
        <div>
          <dt>{words.staff.state}</dt>
          <dd data-testid="person-state">
            <Mark tone={person.active ? 'good' : 'calm'}>{person.active ? words.staff.active : words.staff.disabled}</Mark>
          </dd>
        </div>
        <div>
          <dt>{words.staff.hasPin}</dt>
          <dd data-testid="person-pin">{person.hasPin ? words.staff.pinSet : words.staff.noPin}</dd>
        </div>
        <div data-wide>
          <dt>{words.accounts.rights}</dt>
          <dd>{person.roles.map((role) => rightName(role, words)).join(', ')}</dd>
        </div>
        <div>
          <dt>{words.accounts.updatedAt}</dt>
          <dd>{format.dateTime(person.updatedAt)}</dd>
        </div>
        <div>
          <dt>{words.accounts.createdAt}</dt>
          <dd>{format.dateTime(person.createdAt)}</dd>
        </div>
      </dl>
    </Panel>
  );
}
