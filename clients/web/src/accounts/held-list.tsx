import { type ReactNode, useEffect } from 'react';
import classes from './list.module.css';

/** What stands in it holds still while the pointer is over it or the keyboard in it. */
export function HeldList({ hold, children }: { hold(on: boolean): void; children: ReactNode }) {
  useEffect(() => () => hold(false), [hold]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it is watched for whether somebody reads in it, not operated
    <div
      className={classes.held}
      onPointerEnter={({ pointerType }) => hold(pointerType !== 'touch')}
      // One that appears under the pointer is not entered by it.
      onPointerMove={({ pointerType }) => pointerType !== 'touch' && hold(true)}
      onPointerLeave={() => hold(false)}
      onFocus={({ target }) => target.matches(':focus-visible') && hold(true)}
      onBlur={() => hold(false)}
    >
      {children}
    </div>
  );
}
