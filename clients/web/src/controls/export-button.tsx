import { ActionIcon } from '@mantine/core';
import { DownloadIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { downloadCsv } from './csv.ts';

interface ExportButtonProps {
  /** How many rows there are to export: those that were loaded. */
  readonly count: number;
  /** What the file's name begins with. */
  readonly file: string;
  csv(language: 'fr' | 'en'): string;
}

/** Hands the rows of a list to a spreadsheet. */
export function ExportButton({ count, file, csv }: ExportButtonProps) {
  const { words, format, code } = useLanguage();
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={words.results.export}
      title={`${words.results.export} (${words.results.loaded(count, format.count(count))})`}
      disabled={count === 0}
      onClick={() => downloadCsv(csv(code), file)}
      data-testid="export"
    >
      <DownloadIcon />
    </ActionIcon>
  );
}
