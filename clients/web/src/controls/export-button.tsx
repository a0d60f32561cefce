import { ActionIcon } from '@mantine/core';
import { useState } from 'react';
import { allPages } from '../feed/all-pages.ts';
import type { Page } from '../feed/live-list.ts';
import { useAnnouncer } from '../frame/announcer.tsx';
import { DownloadIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { downloadCsv } from './csv.ts';

interface ExportButtonProps<T> {
  /** Those that were loaded. */
  readonly rows: readonly T[];
  /** Asks for a page of the list, where there may be more of it than was loaded. */
  readonly page?: (after: string | null) => Promise<Page<T>>;
  /** What the file's name begins with. */
  readonly file: string;
  csv(rows: readonly T[], language: 'fr' | 'en'): string;
}

/** So many are asked for at most: what is further down a longer list is left out, and the reader is told. */
const mostPages = 200;

/** Hands a list to a spreadsheet: every page of it where `page` can be asked, else the rows that were loaded. */
export function ExportButton<T extends { readonly id: string }>({ rows, page, file, csv }: ExportButtonProps<T>) {
  const { words, format, code } = useLanguage();
  const { notice } = useAnnouncer();
  const [busy, setBusy] = useState(false);
  const loaded = words.results.loaded(rows.length, format.count(rows.length));
  const title = page === undefined ? `${words.results.export} (${loaded})` : words.results.export;
  const exportAll = async (ask: NonNullable<typeof page>) => {
    setBusy(true);
    try {
      const { nodes, complete } = await allPages(ask, mostPages);
      downloadCsv(csv(nodes, code), file);
      if (!complete) notice(words.results.exportCut(format.count(nodes.length)), 'trouble');
    } catch {
      notice(words.results.exportFailed, 'trouble');
    } finally {
      setBusy(false);
    }
  };
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={words.results.export}
      title={title}
      disabled={rows.length === 0}
      loading={busy}
      onClick={() => (page === undefined ? downloadCsv(csv(rows, code), file) : void exportAll(page))}
      data-testid="export"
    >
      <DownloadIcon />
    </ActionIcon>
  );
}
