import { type Calculation, parseNumber, parseOperation } from './calculation.ts';
import { UsageError } from './failure.ts';

const faultsShown = 20;

/**
 * Reads tasks from CSV text: n1,n2,operation a line; a heading line, empty lines and lines that begin with # are passed over.
 * @throws UsageError naming every fault with its line.
 */
export function parseTasks(text: string): Calculation[] {
  const tasks: Calculation[] = [];
  const faults: string[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === '' || line.startsWith('#') || /^n1\s*,/i.test(line)) return;
    const [n1 = '', n2 = '', operation = '', ...rest] = line.split(',');
    const parsed = [parseNumber('n1', n1), parseNumber('n2', n2), parseOperation(operation)] as const;
    const lineFaults = parsed.flatMap((value) => (typeof value === 'object' ? [value.fault] : []));
    if (rest.length > 0) lineFaults.push('more than three columns');
    if (lineFaults.length > 0) faults.push(`line ${index + 1}: ${lineFaults.join('; ')}`);
    else tasks.push({ n1: parsed[0], n2: parsed[1], operation: parsed[2] } as Calculation);
  });
  if (faults.length > faultsShown) faults.splice(faultsShown, faults.length, `… and ${faults.length - faultsShown} more lines with faults`);
  if (faults.length === 0 && tasks.length === 0) faults.push('the file holds no task: write lines such as 42,7,add');
  if (faults.length > 0) throw new UsageError(faults);
  return tasks;
}
