import { useState } from 'react';
import { Panel } from '../../controls/panel.tsx';
import { Lines, Trouble } from '../../controls/quiet.tsx';
import sheet from '../../controls/sheet.module.css';
import { useHeading } from '../../frame/heading.tsx';
import { OneStaffMemberDocument, PlacesDocument } from '../../generated/operations.ts';
import { useAsked } from '../../graph/use-asked.ts';
import { useLanguage } from '../../language/language.tsx';
import parts from '../parts.module.css';
import { rightName } from '../say-role.ts';
import { useMe } from '../use-me.ts';
import { OwnPassword } from './own-password.tsx';
import { OwnPin } from './own-pin.tsx';

const nothing = {};

/** Whoever is signed in: who that is, and the own password and PIN. */
export function OwnAccountScreen() {
  const { words } = useLanguage();
  const me = useMe();
  const places = useAsked(PlacesDocument, nothing).data?.places ?? [];
  useHeading(words.own.title);
  if (me === null) return <p className={parts.note}>{words.own.noAuth}</p>;
  const staffId = me.staffMember?.id ?? null;
  const stores = me.stores?.map(({ id }) => places.find((place) => place.id === id)?.name ?? id) ?? null;
  return (
    <div className={sheet.screen} data-testid="own-account">
      <div className={sheet.main}>
        {staffId === null ? (
          <Panel title={words.own.session}>
            <p className={parts.note}>{words.own.keyNote}</p>
          </Panel>
        ) : (
          <Secrets staffId={staffId} login={me.staffMember?.login ?? ''} />
        )}
      </div>
      <div className={sheet.side}>
        <Panel title={words.own.who}>
          <dl className={sheet.facts}>
            <div data-wide>
              <dt>{words.staff.name}</dt>
              <dd>{me.name}</dd>
            </div>
            {me.staffMember !== null && (
              <div data-wide>
                <dt>{words.own.login}</dt>
                <dd>
                  <code>{me.staffMember.login}</code>
                </dd>
              </div>
            )}
            <div data-wide>
              <dt>{words.own.rights}</dt>
              <dd>{me.roles.map((role) => rightName(role, words)).join(', ')}</dd>
            </div>
            <div data-wide>
              <dt>{words.own.stores}</dt>
              <dd>{stores === null ? words.accounts.everywhere : stores.join(', ') || words.accounts.nowhere}</dd>
            </div>
          </dl>
        </Panel>
      </div>
    </div>
  );
}

function Secrets({ staffId, login }: { staffId: string; login: string }) {
  const { words } = useLanguage();
  const asked = useAsked(OneStaffMemberDocument, { id: staffId });
  const [ownPin, setOwnPin] = useState<boolean | null>(null);
  const person = asked.data?.staffMember ?? null;
  const hasPin = ownPin ?? person?.hasPin ?? null;
  return (
    <>
      <OwnPassword login={login} />
      <Panel title={words.own.pinTitle} testId="own-pin">
        {asked.failed && hasPin === null && <Trouble title={words.own.failed} onRetry={asked.reload} />}
        {hasPin === null && !asked.failed && <Lines count={3} />}
        {hasPin !== null && <OwnPin hasPin={hasPin} onChanged={setOwnPin} />}
      </Panel>
    </>
  );
}
