import { Button } from '@mantine/core';
import { useMemo, useState, useSyncExternalStore } from 'react';
import { Link } from 'react-router';
import { ExportButton } from '../../controls/export-button.tsx';
import { Mark } from '../../controls/mark.tsx';
import { NoMatch } from '../../controls/no-match.tsx';
import { Panel } from '../../controls/panel.tsx';
import { Lines, Trouble } from '../../controls/quiet.tsx';
import { type Column, RowTable } from '../../controls/row-table.tsx';
import { ViewsButton } from '../../controls/views-button.tsx';
import { pageSize } from '../../feed/live-list.ts';
import { StaffPageDocument, type StaffRowFragment } from '../../generated/operations.ts';
import { ask } from '../../graph/ask.ts';
import { AccountsIcon, AddIcon } from '../../icons.tsx';
import { useLanguage } from '../../language/language.tsx';
import { HeldList } from '../held-list.tsx';
import classes from '../list.module.css';
import { pageOf } from '../page-of.ts';
import type { PagedList } from '../paged-list.ts';
import { Parts } from '../parts.tsx';
import { roleName } from '../say-role.ts';
import { usePagedList } from '../use-paged-list.ts';
import { staffCsv } from './staff-csv.ts';
import { StaffFilters } from './staff-filters.tsx';
import { useStaffFilter } from './use-staff-filter.ts';

const mostNamed = 3;
const kinds = ['staff', 'role'] as const;

/** Who works here: searched, narrowed, as it is now. */
export function StaffScreen() {
  const { words } = useLanguage();
  const filter = useStaffFilter();
  const { variables } = filter;
  const [total, setTotal] = useState<number | null>(null);
  const list = usePagedList<StaffRowFragment>(JSON.stringify(variables), kinds, async (client, after) => {
    const { staff } = await ask(client, StaffPageDocument, { ...variables, first: pageSize, after });
    if (after === null) setTotal(staff.totalCount);
    return pageOf(staff);
  });
  return (
    <div className={classes.screen}>
      <Parts>
        <Button component={Link} to="/app/comptes/personnel/nouveau" leftSection={<AddIcon />} data-testid="new-staff">
          {words.staff.create}
        </Button>
      </Parts>
      <StaffFilters filter={filter} />
      <div className={classes.list}>{list === null ? <Lines count={10} /> : <Staff list={list} total={total} />}</div>
    </div>
  );
}

function Staff({ list, total }: { list: PagedList<StaffRowFragment>; total: number | null }) {
  const { words, format } = useLanguage();
  const view = useSyncExternalStore(list.watch, list.get);
  const columns = useColumns();
  const empty = view.rows.length === 0;
  return (
    <Panel
      title={words.staff.title}
      className={classes.panel}
      testId="staff-panel"
      aside={
        view.status === 'ready' && (
          <>
            {total !== null && <span data-testid="staff-count">{words.staff.count(total, format.count(total))}</span>}
            <ViewsButton list="staff" />
            <ExportButton rows={view.rows} page={list.page} file={words.staff.exportFile} csv={staffCsv} />
          </>
        )
      }
    >
      {view.status === 'failed' && <Trouble title={words.staff.failedToLoad} onRetry={list.restart} />}
      {view.status === 'loading' && <Lines count={10} />}
      {view.status === 'ready' && empty && <NoMatch icon={<AccountsIcon />} title={words.staff.empty} hint={words.staff.emptyHint} />}
      {view.status === 'ready' && !empty && (
        <HeldList hold={list.hold}>
          <RowTable
            label={words.staff.title}
            testId="staff"
            columns={columns}
            rows={view.rows}
            hasOlder={view.hasMore}
            end={view.hasMore ? words.accounts.older : words.accounts.end}
            href={({ id }) => `/app/comptes/personnel/${id}`}
            state={({ active }) => (active ? 'active' : 'disabled')}
            onEnd={list.loadMore}
          />
        </HeldList>
      )}
    </Panel>
  );
}

function useColumns(): readonly [Column<StaffRowFragment>, ...Column<StaffRowFragment>[]] {
  const { words } = useLanguage();
  return useMemo(
    () => [
      { name: 'name', label: words.staff.name, width: 'minmax(10rem, 1.4fr)', cell: ({ name }) => name },
      {
        name: 'state',
        label: words.staff.state,
        width: '7rem',
        cell: ({ active }) => <Mark tone={active ? 'good' : 'calm'}>{active ? words.staff.active : words.staff.disabled}</Mark>,
      },
      {
        name: 'roles',
        label: words.staff.givenRoles,
        width: 'minmax(9rem, 1.2fr)',
        cell: ({ givenRoles }) => givenRoles.map((role) => roleName(role, words)).join(', '),
      },
      {
        name: 'stores',
        label: words.staff.stores,
        width: 'minmax(9rem, 1.4fr)',
        cell: ({ roles, stores }) => {
          const where = roles.includes('ADMIN') ? words.accounts.everywhere : briefly(stores.map(({ town }) => town));
          return (
            <span className={classes.quiet} title={stores.map(({ name }) => name).join(', ')}>
              {where === '' ? words.accounts.nowhere : where}
            </span>
          );
        },
      },
      {
        name: 'login',
        label: words.staff.login,
        width: 'minmax(7rem, 0.8fr)',
        notOnPhone: true,
        cell: ({ login }) => <code className={classes.quiet}>{login}</code>,
      },
      {
        name: 'email',
        label: words.staff.email,
        width: 'minmax(8rem, 1.2fr)',
        spare: true,
        notOnPhone: true,
        cell: ({ email }) => <span className={classes.quiet}>{email ?? '—'}</span>,
      },
    ],
    [words],
  );
}

/** The first few, and how many more there are. */
function briefly(names: readonly string[]): string {
  if (names.length <= mostNamed) return names.join(', ');
  return `${names.slice(0, mostNamed - 1).join(', ')} +${names.length - mostNamed + 1}`;
}
