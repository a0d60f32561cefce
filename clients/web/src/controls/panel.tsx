import { type ReactNode, useId } from 'react';
import classes from './panel.module.css';

interface PanelProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string | undefined;
  readonly testId?: string;
}

/** A named part of a screen. */
export function Panel({ title, aside, children, className, testId }: PanelProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={`${classes.panel} ${className ?? ''}`} data-testid={testId}>
      <header className={classes.head}>
        <h2 id={id} className={classes.title}>
          {title}
        </h2>
        {aside !== undefined && <div className={classes.aside}>{aside}</div>}
      </header>
      {children}
    </section>
  );
}
