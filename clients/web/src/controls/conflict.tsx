import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useLanguage } from '../language/language.tsx';
import classes from './conflict.module.css';

interface ConflictProps {
  readonly title: string;
  /** Each field that one of both has changed. */
  readonly rows: readonly { readonly field: string; readonly label: string; readonly theirs: string; readonly mine: string }[];
  readonly busy: boolean;
  /** What was typed, on what the other has saved. */
  onKeep(): void;
  onTake(): void;
}

/** Somebody else was quicker: both sides, and a choice. */
export function Conflict({ title, rows, busy, onKeep, onTake }: ConflictProps) {
  const { words } = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
  }, []);
  return (
    <div ref={box} role="alertdialog" tabIndex={-1} className={classes.conflict} aria-label={title} data-testid="conflict">
      <header>
        <h3>{title}</h3>
        <p>{words.catalogue.staleText}</p>
      </header>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.catalogue.staleField}</th>
            <th scope="col">{words.catalogue.staleTheirs}</th>
            <th scope="col">{words.catalogue.staleMine}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ field, label, theirs, mine }) => (
            <tr key={field}>
              <th scope="row">{label}</th>
              <td>{theirs}</td>
              <td>{mine}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={classes.answers}>
        <Button size="sm" loading={busy} onClick={onKeep}>
          {words.catalogue.staleKeep}
        </Button>
        <Button size="sm" variant="default" onClick={onTake}>
          {words.catalogue.staleTake}
        </Button>
      </div>
    </div>
  );
}
