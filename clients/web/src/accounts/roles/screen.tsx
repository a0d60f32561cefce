import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { ExportButton } from '../../controls/export-button.tsx';
import { Panel } from '../../controls/panel.tsx';
import { Lines, Trouble } from '../../controls/quiet.tsx';
import { type Column, RowTable } from '../../controls/row-table.tsx';
import type { GivenRoleFragment } from '../../generated/operations.ts';
import { AddIcon } from '../../icons.tsx';
import { useLanguage } from '../../language/language.tsx';
import classes from '../list.module.css';
import { Parts } from '../parts.tsx';
import { rightName, roleName } from '../say-role.ts';
import { useRoles } from '../use-roles.ts';
import { rolesCsv } from './roles-csv.ts';

/** The roles that staff can be given: the seven, and those made of them. */
export function RolesScreen() {
  const { words, format } = useLanguage();
  const { roles, failed, reload } = useRoles();
  const columns = useColumns();
  return (
    <div className={classes.screen}>
      <Parts>
        <Button component={Link} to="/app/comptes/roles/nouveau" leftSection={<AddIcon />} data-testid="new-role">
          {words.roleList.create}
        </Button>
      </Parts>
      <div className={classes.list}>
        <Panel
          title={words.roleList.title}
          className={classes.panel}
          aside={
            roles !== null && (
              <>
                {words.roleList.count(roles.length, format.count(roles.length))}
                <ExportButton rows={roles} file={words.roleList.exportFile} csv={rolesCsv} />
              </>
            )
          }
        >
          {failed && roles === null && <Trouble title={words.roleList.failedToLoad} onRetry={reload} />}
          {roles === null && !failed && <Lines count={8} />}
          {roles !== null && (
            <RowTable
              label={words.roleList.title}
              testId="roles"
              columns={columns}
              rows={roles}
              hasOlder={false}
              end={words.accounts.end}
              href={({ id }) => `/app/comptes/roles/${id}`}
              state={({ fixed }) => (fixed ? 'fixed' : 'own')}
            />
          )}
        </Panel>
      </div>
    </div>
  );
}

function useColumns(): readonly [Column<GivenRoleFragment>, ...Column<GivenRoleFragment>[]] {
  const { words } = useLanguage();
  return useMemo(
    () => [
      { name: 'name', label: words.roleList.name, width: 'minmax(9rem, 1fr)', cell: (role) => roleName(role, words) },
      {
        name: 'kind',
        label: words.roleList.kind,
        width: '6rem',
        cell: ({ fixed }) => <span className={classes.quiet}>{fixed ? words.roleList.fixed : words.roleList.own}</span>,
      },
      {
        name: 'grants',
        label: words.roleList.grants,
        width: 'minmax(10rem, 1.5fr)',
        cell: ({ grants }) => grants.map((right) => rightName(right, words)).join(', '),
      },
      {
        name: 'description',
        label: words.roleList.description,
        width: 'minmax(10rem, 2fr)',
        spare: true,
        notOnPhone: true,
        cell: ({ fixed, grants: [right], description }) => {
          const text = fixed && right !== undefined ? words.accounts.roleHints[right] : description;
          return (
            <span className={classes.quiet} title={text}>
              {text}
            </span>
          );
        },
      },
    ],
    [words],
  );
}
