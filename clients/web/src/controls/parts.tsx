import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import classes from './parts.module.css';

interface PartsBarProps {
  readonly label: string;
  readonly parts: readonly { readonly to: string; readonly name: string /** Only at this very address. */; readonly exact?: boolean }[];
  /** What can be begun here. */
  readonly children?: ReactNode;
}

/** The way between the parts of an area. */
export function PartsBar({ label, parts, children }: PartsBarProps) {
  return (
    <div className={classes.bar}>
      <nav aria-label={label} className={classes.parts}>
        {parts.map(({ to, name, exact = false }) => (
          <NavLink key={to} to={to} end={exact} className={classes.part ?? ''}>
            {name}
          </NavLink>
        ))}
      </nav>
      {children !== undefined && <div className={classes.new}>{children}</div>}
    </div>
  );
}
