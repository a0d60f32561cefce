import type { ReactNode } from 'react';
import classes from './detail.module.css';

interface DetailProps {
  /** How it stands, over the whole width. */
  readonly top: ReactNode;
  readonly main: ReactNode;
  readonly side: ReactNode;
  readonly testId?: string;
  readonly state?: string;
}

/** The screen of one thing that is followed live: how it stands above, what happens beside what is known. One column where there is little room. */
export function Detail({ top, main, side, testId, state }: DetailProps) {
  return (
    <div className={classes.screen} data-testid={testId} data-status={state}>
      <div className={classes.top}>{top}</div>
      <div className={classes.main}>{main}</div>
      <div className={classes.side}>{side}</div>
    </div>
  );
}
