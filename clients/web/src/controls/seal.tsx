import type { Operation } from '../generated/operations.ts';
import { useLanguage } from '../language/language.tsx';
import classes from './seal.module.css';

export const signs: Record<Operation, string> = { ADD: '+', SUB: '−', MUL: '×', DIV: '÷', ALL: '∗' };

/** The sign of an operation on its colour; the name for those who do not see it. */
export function Seal({ operation, named = true }: { operation: Operation; named?: boolean }) {
  const { words } = useLanguage();
  return (
    <span
      className={classes.seal}
      data-operation={operation}
      {...(named
        ? { role: 'img', 'aria-label': words.operations[operation], title: words.operations[operation] }
        : { 'aria-hidden': true })}
    >
      {operation === 'ALL' ? (
        <span className={classes.four}>
          <i>+</i>
          <i>−</i>
          <i>×</i>
          <i>÷</i>
        </span>
      ) : (
        signs[operation]
      )}
    </span>
  );
}
