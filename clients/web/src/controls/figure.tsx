import { type ReactNode, useEffect, useRef } from 'react';
import classes from './figure.module.css';

/** A value that is marked for a moment when it has changed. */
export function Changing({ value, children }: { value: string | number | null; children: ReactNode }) {
  const element = useRef<HTMLSpanElement>(null);
  const before = useRef(value);
  useEffect(() => {
    if (before.current === value) return;
    const known = before.current !== null;
    before.current = value;
    if (known && !matchMedia('(prefers-reduced-motion: reduce)').matches) {
      element.current?.animate([{ color: 'var(--accent)' }, { color: 'var(--accent)', offset: 0.4 }, { color: 'inherit' }], {
        duration: 900,
      });
    }
  }, [value]);
  return (
    <span ref={element} className={classes.changing}>
      {children}
    </span>
  );
}
