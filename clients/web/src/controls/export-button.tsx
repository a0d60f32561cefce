import { ActionIcon } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { everyRow, LimitReached, type Reading } from '../feed/every-row.ts';
import type { PageOf } from '../feed/live-list.ts';
import { useAnnouncer } from '../frame/announcer.tsx';
import { CloseIcon, DownloadIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { useConnection } from '../session/session.tsx';
import { downloadCsv } from './csv.ts';
import classes from './export-button.module.css';
import { useNow } from './use-now.ts';

interface ExportButtonProps<T> {
  /** Those that were loaded. */
  readonly rows: readonly T[];
  /** Asks for a page of the list, where there may be more of it than was loaded. */
  readonly page?: PageOf<T>;
  /** What the file's name begins with. */
  readonly file: string;
  csv(rows: readonly T[], language: 'fr' | 'en'): string;
}

/** Hands a list to a spreadsheet: every page of it where `page` can be asked, else its rows. While it reads it says how far it is, and the button ends it. */
export function ExportButton<T extends { readonly id: string }>({ rows, page, file, csv }: ExportButtonProps<T>) {
  const { words, format, code } = useLanguage();
  const { notice, say } = useAnnouncer();
  const { allowance } = useConnection();
  const [reading, setReading] = useState<Reading | null>(null);
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);
  const exportAll = async (pageOf: PageOf<T>) => {
    const wanted = new AbortController();
    running.current = wanted;
    setReading({ rows: 0, waitsUntil: null });
    try {
      const { nodes, complete } = await everyRow(pageOf, { allowance, signal: wanted.signal, tell: setReading });
      downloadCsv(csv(nodes, code), file);
      if (complete) say(words.results.exported(nodes.length, format.count(nodes.length)));
      else notice(words.results.exportCut(format.count(nodes.length)), 'trouble');
    } catch (error) {
      if (wanted.signal.aborted) return;
      const retryAfter = error instanceof LimitReached ? format.remaining(error.retryAfterSeconds) : null;
      notice(retryAfter === null ? words.results.exportFailed : words.results.exportLimited(retryAfter), 'trouble');
    } finally {
      setReading(null);
    }
  };
  const name = reading === null ? words.results.export : words.results.exportStop;
  const press = () => {
    if (reading !== null) running.current?.abort();
    else if (page === undefined) downloadCsv(csv(rows, code), file);
    else void exportAll(page);
  };
  return (
    <span className={classes.export}>
      <ActionIcon
        variant={reading === null ? 'subtle' : 'light'}
        color={reading === null ? 'gray' : 'jacket'}
        size="lg"
        aria-label={name}
        title={name}
        disabled={rows.length === 0 && reading === null}
        onClick={press}
        data-testid="export"
      >
        {reading === null ? <DownloadIcon /> : <CloseIcon />}
      </ActionIcon>
      {reading !== null && <Progress reading={reading} />}
    </span>
  );
}

function Progress({ reading: { rows, waitsUntil } }: { reading: Reading }) {
  const { words, format } = useLanguage();
  const now = useNow(waitsUntil !== null, 1_000);
  return (
    <div className={classes.progress} data-testid="export-progress">
      <p className={classes.rows}>{words.results.exporting(rows, format.count(rows))}</p>
      {waitsUntil !== null && <p>{words.results.exportWaits(format.remaining(Math.max(1, Math.ceil((waitsUntil - now) / 1_000))))}</p>}
    </div>
  );
}
