import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { ExportButton } from '../../controls/export-button.tsx';
import { Mark } from '../../controls/mark.tsx';
import { Panel } from '../../controls/panel.tsx';
import { Empty, Lines, Trouble } from '../../controls/quiet.tsx';
import { type Column, RowTable } from '../../controls/row-table.tsx';
import type { ConsumerRowFragment } from '../../generated/operations.ts';
import { AddIcon, KeyIcon } from '../../icons.tsx';
import { useLanguage } from '../../language/language.tsx';
import classes from '../list.module.css';
import { Parts } from '../parts.tsx';
import { rightName } from '../say-role.ts';
import { consumersCsv } from './consumers-csv.ts';
import { useConsumers } from './use-consumers.ts';
import { type KeysOfConsumer, useValidKeys } from './use-valid-keys.ts';

/** The programs that may sign in, with what they may ask for and whether they have keys. */
export function KeysScreen() {
  const { words, format } = useLanguage();
  const { consumers, failed, reload } = useConsumers();
  const valid = useValidKeys();
  const columns = useColumns(valid);
  return (
    <div className={classes.screen}>
      <Parts>
        <Button component={Link} to="/app/comptes/cles/nouveau" leftSection={<AddIcon />} data-testid="new-consumer">
          {words.keys.create}
        </Button>
      </Parts>
      <div className={classes.list}>
        <Panel
          title={words.keys.title}
          className={classes.panel}
          aside={
            consumers !== null && (
              <>
                {words.keys.count(consumers.length, format.count(consumers.length))}
                <ExportButton rows={consumers} file={words.keys.exportFile} csv={(rows, code) => consumersCsv(rows, valid, code)} />
              </>
            )
          }
        >
          {failed && consumers === null && <Trouble title={words.keys.failedToLoad} onRetry={reload} />}
          {consumers === null && !failed && <Lines count={8} />}
          {consumers?.length === 0 && <Empty icon={<KeyIcon />} title={words.keys.empty} hint={words.keys.emptyHint} />}
          {consumers !== null && consumers.length > 0 && (
            <RowTable
              label={words.keys.title}
              testId="consumers"
              columns={columns}
              rows={consumers}
              hasOlder={false}
              end={words.accounts.end}
              href={({ id }) => `/app/comptes/cles/${encodeURIComponent(id)}`}
            />
          )}
        </Panel>
      </div>
    </div>
  );
}

function useColumns(
  keys: ReadonlyMap<string, KeysOfConsumer> | null,
): readonly [Column<ConsumerRowFragment>, ...Column<ConsumerRowFragment>[]] {
  const { words, format } = useLanguage();
  return useMemo(
    () => [
      {
        name: 'name',
        label: words.keys.consumer,
        width: 'minmax(10rem, 1.4fr)',
        cell: ({ name, demo }) => (
          <>
            {name}
            {demo && <span className={classes.tag}>{words.accounts.demo}</span>}
          </>
        ),
      },
      {
        name: 'keys',
        label: words.keys.valid,
        width: '7rem',
        cell: ({ id }) => {
          const valid = keys?.get(id)?.valid ?? 0;
          return keys === null ? '' : <Mark tone={valid === 0 ? 'calm' : 'good'}>{words.keys.validCount(valid, format.count(valid))}</Mark>;
        },
      },
      {
        name: 'roles',
        label: words.keys.roles,
        width: 'minmax(9rem, 1.2fr)',
        cell: ({ roles }) => roles.map((role) => rightName(role, words)).join(', '),
      },
      {
        name: 'limits',
        label: words.keys.limits,
        width: '11rem',
        right: true,
        cell: ({ limits }) => (
          <span className={classes.quiet}>{words.keys.limitText(format.count(limits.perMinute), format.count(limits.perHour))}</span>
        ),
      },
      {
        name: 'tier',
        label: words.keys.tier,
        width: '6.5rem',
        notOnPhone: true,
        cell: ({ tier }) => <span className={classes.quiet}>{tier === null ? '—' : words.keys.tiers[tier]}</span>,
      },
      {
        name: 'used',
        label: words.keys.lastUsed,
        width: '9.5rem',
        right: true,
        spare: true,
        notOnPhone: true,
        cell: ({ id }) => {
          const at = keys?.get(id)?.lastUsedAt ?? null;
          return <span className={classes.quiet}>{keys === null ? '' : at === null ? words.keys.never : format.moment(at)}</span>;
        },
      },
    ],
    [words, format, keys],
  );
}
