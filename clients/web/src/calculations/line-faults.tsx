import { useLanguage } from '../language/language.tsx';
import type { Words } from '../language/words.fr.ts';
import classes from './batch-form.module.css';
import type { LineFault, ParsedTasks } from './task-csv.ts';

/** The faults of a text of tasks, each with its line. */
export function LineFaults({ parsed }: { parsed: ParsedTasks }) {
  const { words, format } = useLanguage();
  const more = parsed.faultCount - parsed.faults.length;
  return (
    <ul
      className={classes.faults}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={words.batch.faults(parsed.faultCount, format.count(parsed.faultCount))}
      data-testid="line-faults"
    >
      {parsed.faults.map((fault) => (
        <li key={`${fault.line}-${fault.kind}`}>
          <strong>{words.batch.line(fault.line)}</strong> : {textOf(fault, words)}
        </li>
      ))}
      {more > 0 && <li>{words.batch.moreFaults(format.count(more))}</li>}
    </ul>
  );
}

function textOf(fault: LineFault, words: Words): string {
  switch (fault.kind) {
    case 'columns':
      return words.batch.columns(fault.found);
    case 'operation':
      return words.batch.unknownOperation(fault.text);
    default:
      return fault.fault === 'missing' ? words.batch.missingNumber(fault.kind) : words.batch.notNumber(fault.kind, fault.text);
  }
}
