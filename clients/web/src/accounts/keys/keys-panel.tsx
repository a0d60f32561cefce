import { Button } from '@mantine/core';
import { useRef, useState, useSyncExternalStore } from 'react';
import { Mark } from '../../controls/mark.tsx';
import { Panel } from '../../controls/panel.tsx';
import { Empty, Lines, Trouble } from '../../controls/quiet.tsx';
import { useFocusRescue } from '../../controls/use-focus-rescue.ts';
import { useNow } from '../../controls/use-now.ts';
import { type ConsumerRowFragment, KeyPageDocument, type KeyRowFragment } from '../../generated/operations.ts';
import { ask } from '../../graph/ask.ts';
import { AddIcon, KeyIcon } from '../../icons.tsx';
import { useLanguage } from '../../language/language.tsx';
import { pageOf } from '../page-of.ts';
import type { PagedList } from '../paged-list.ts';
import { usePagedList } from '../use-paged-list.ts';
import { IssueDialog } from './issue-dialog.tsx';
import classes from './keys-panel.module.css';
import { RevokeDialog } from './revoke-dialog.tsx';

const pageSize = 25;
const lookEveryMs = 30_000;
const kinds = ['api_key'] as const;

/** The keys of a program, newest first; of a key nobody sees more than how it begins and ends. */
export function KeysPanel({ consumer }: { consumer: ConsumerRowFragment }) {
  const { words } = useLanguage();
  const [issuing, setIssuing] = useState(false);
  const { id: consumerId } = consumer;
  const list = usePagedList<KeyRowFragment>(consumerId, kinds, async (client, after) =>
    pageOf((await ask(client, KeyPageDocument, { consumerId, first: pageSize, after })).apiKeys),
  );
  return (
    <Panel
      title={words.keys.keyList}
      testId="keys"
      aside={
        <Button size="sm" leftSection={<AddIcon />} onClick={() => setIssuing(true)} data-testid="issue-key">
          {words.keys.issue}
        </Button>
      }
    >
      {list === null ? <Lines count={3} /> : <Keys list={list} />}
      <IssueDialog consumer={consumer} opened={issuing} onClose={() => setIssuing(false)} onIssued={() => list?.refresh()} />
    </Panel>
  );
}

function Keys({ list }: { list: PagedList<KeyRowFragment> }) {
  const { words } = useLanguage();
  const view = useSyncExternalStore(list.watch, list.get);
  const [revoking, setRevoking] = useState<KeyRowFragment | null>(null);
  const keys = useRef<HTMLUListElement>(null);
  const rescueFocus = useFocusRescue(keys);
  // A key expires while one looks at it.
  const now = useNow(true, lookEveryMs);
  return (
    <>
      {view.status === 'failed' && <Trouble title={words.keys.keysFailed} onRetry={list.restart} />}
      {view.status === 'loading' && <Lines count={3} />}
      {view.status === 'ready' && view.rows.length === 0 && (
        <Empty icon={<KeyIcon />} title={words.keys.noKeys} hint={words.keys.noKeysHint} />
      )}
      <ul ref={keys} tabIndex={-1} className={classes.keys} aria-label={words.keys.keyList}>
        {view.rows.map((key) => (
          <KeyItem key={key.id} apiKey={key} now={now} onRevoke={() => setRevoking(key)} />
        ))}
      </ul>
      {view.hasMore && (
        <Button variant="subtle" className={classes.more ?? ''} onClick={list.loadMore}>
          {words.keys.more}
        </Button>
      )}
      <RevokeDialog
        apiKey={revoking}
        onClose={() => setRevoking(null)}
        onRevoked={() => {
          list.refresh();
          rescueFocus();
        }}
      />
    </>
  );
}

function KeyItem({ apiKey, now, onRevoke }: { apiKey: KeyRowFragment; now: number; onRevoke(): void }) {
  const { words, format } = useLanguage();
  const { label, prefix, lastFour, createdAt, lastUsedAt, expiresAt, revokedAt } = apiKey;
  const state = revokedAt !== null ? 'revoked' : expiresAt !== null && Date.parse(expiresAt) <= now ? 'expired' : 'valid';
  const shown = `${prefix}…${lastFour}`;
  const end =
    revokedAt !== null
      ? words.keys.revokedAt(format.dateTime(revokedAt))
      : expiresAt === null
        ? words.keys.noEnd
        : state === 'expired'
          ? words.keys.expiredAt(format.dateTime(expiresAt))
          : format.dateTime(expiresAt);
  return (
    <li className={classes.key} data-state={state} data-testid="key">
      <div className={classes.head}>
        <code className={classes.shown}>{shown}</code>
        <Mark tone={state === 'valid' ? 'good' : state === 'expired' ? 'warn' : 'calm'}>{words.keys.states[state]}</Mark>
        <span className={classes.label}>{label === '' ? words.keys.noLabel : label}</span>
        {state === 'valid' && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={words.keys.revokeOf(shown)}
            onClick={onRevoke}
            className={classes.revoke ?? ''}
            data-testid="revoke-key"
          >
            {words.keys.revoke}
          </Button>
        )}
      </div>
      <dl className={classes.facts}>
        <div>
          <dt>{words.keys.issuedAt}</dt>
          <dd>{format.dateTime(createdAt)}</dd>
        </div>
        <div>
          <dt>{words.keys.usedAt}</dt>
          <dd>{lastUsedAt === null ? words.keys.never : format.dateTime(lastUsedAt)}</dd>
        </div>
        <div>
          <dt>{state === 'valid' ? words.keys.expiresAt : words.keys.state}</dt>
          <dd>{end}</dd>
        </div>
      </dl>
    </li>
  );
}
