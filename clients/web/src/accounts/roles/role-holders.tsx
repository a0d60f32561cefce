import { useCallback, useEffect, useState } from 'react';
import { Link } from 'react-router';
import { Panel } from '../../controls/panel.tsx';
import { Lines, Trouble } from '../../controls/quiet.tsx';
import { allPages } from '../../feed/all-pages.ts';
import { useFeed } from '../../feed/badge.tsx';
import { type GivenRoleFragment, StaffPageDocument, type StaffRowFragment } from '../../generated/operations.ts';
import { ask } from '../../graph/ask.ts';
import { useLanguage } from '../../language/language.tsx';
import { useConnection } from '../../session/session.tsx';
import { pageOf } from '../page-of.ts';
import parts from '../parts.module.css';
import { useAccountsSignal } from '../use-accounts-signal.ts';

const mostPages = 10;
const mostNamed = 30;
const kinds = ['staff'] as const;

type Holders = { readonly people: readonly StaffRowFragment[]; readonly complete: boolean };

/** Who has a role: of those who have its first right, whom it was given. */
export function RoleHolders({ role }: { role: GivenRoleFragment }) {
  const { words, format } = useLanguage();
  const { client } = useConnection();
  const { epoch } = useFeed();
  const [holders, setHolders] = useState<Holders | 'failed' | null>(null);
  const [turn, setTurn] = useState(0);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  useAccountsSignal(kinds, reload);
  const { id, grants } = role;
  const right = grants[0] ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn or epoch means to ask again
  useEffect(() => {
    let gone = false;
    allPages(async (after) => {
      const variables = { search: null, storeId: null, role: right, active: null, first: 100, after };
      return pageOf((await ask(client, StaffPageDocument, variables)).staff);
    }, mostPages).then(
      ({ nodes, complete }) =>
        !gone && setHolders({ people: nodes.filter(({ givenRoles }) => givenRoles.some((given) => given.id === id)), complete }),
      () => !gone && setHolders((before) => before ?? 'failed'),
    );
    return () => {
      gone = true;
    };
  }, [client, id, right, turn, epoch > 1 ? epoch : 0]);

  const known = holders === null || holders === 'failed' ? null : holders;
  const count = known?.people.length ?? 0;
  return (
    <Panel
      title={words.roleList.holders}
      testId="holders"
      aside={
        known !== null &&
        (known.complete ? words.roleList.holdersCount(count, format.count(count)) : words.roleList.holdersAtLeast(format.count(count)))
      }
    >
      {holders === null && <Lines count={3} />}
      {holders === 'failed' && <Trouble title={words.roleList.holdersFailed} onRetry={reload} />}
      {known !== null && count === 0 && <p className={parts.note}>{words.roleList.noHolders}</p>}
      {known !== null && count > 0 && (
        <ul className={parts.people}>
          {known.people.slice(0, mostNamed).map(({ id: personId, name, active }) => (
            <li key={personId}>
              <Link to={`/app/comptes/personnel/${personId}`}>{name}</Link>
              {!active && <span>{words.staff.disabled}</span>}
            </li>
          ))}
          {count > mostNamed && right !== null && (
            <li>
              <Link to={`/app/comptes/personnel?droit=${right}&etat=tous`}>{words.roleList.holdersCount(count, format.count(count))}</Link>
            </li>
          )}
        </ul>
      )}
    </Panel>
  );
}
