import type { ReactNode } from 'react';
import classes from './mark.module.css';

export type Tone = 'calm' | 'open' | 'busy' | 'good' | 'warn' | 'bad';

/** How something stands, in a word: its shape says it as well as its colour. */
export function Mark({ tone, children, title, strong = false }: { tone: Tone; children: ReactNode; title?: string; strong?: boolean }) {
  return (
    <span className={classes.mark} data-tone={tone} data-strong={strong} title={title}>
      <i aria-hidden />
      <span>{children}</span>
    </span>
  );
}
