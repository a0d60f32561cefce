import { Button, Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLanguage } from '../language/language.tsx';
import classes from './quiet.module.css';

interface EmptyProps {
  readonly title: string;
  readonly hint?: string | undefined;
  readonly icon?: ReactNode;
  /** What can be done about it. */
  readonly children?: ReactNode;
}

/** What stands where there is nothing to show, and why. */
export function Empty({ title, hint, icon, children }: EmptyProps) {
  return (
    <div className={classes.empty}>
      {icon}
      <p className={classes.title}>{title}</p>
      {hint !== undefined && <p>{hint}</p>}
      {children}
    </div>
  );
}

/** What stands where something could not be had; `onRetry` asks again. */
export function Trouble({ title, onRetry }: { title: string; onRetry?: () => void }) {
  const { words } = useLanguage();
  return (
    <div className={classes.empty} data-trouble>
      <p className={classes.title}>{title}</p>
      {onRetry !== undefined && (
        <Button size="xs" variant="default" onClick={onRetry}>
          {words.app.retry}
        </Button>
      )}
    </div>
  );
}

const widths = [92, 79, 66, 87, 74, 61, 82, 69, 90, 77];

/** Stands in for lines that are on their way; ten at most. */
export function Lines({ count, height = 1 }: { count: number; height?: number }) {
  const { words } = useLanguage();
  return (
    <div className={classes.lines} aria-busy="true">
      <span className={classes.spoken}>{words.app.loading}</span>
      {widths.slice(0, count).map((width) => (
        <Skeleton key={width} height={`${height}rem`} width={`${width}%`} />
      ))}
    </div>
  );
}
