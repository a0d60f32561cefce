import type { BatchTaskInput, Operation } from '../generated/operations.ts';
import { type NumberFault, parseNumber } from '../language/parse-number.ts';

export type LineFault =
  | { readonly line: number; readonly kind: 'columns'; readonly found: number }
  | { readonly line: number; readonly kind: 'n1' | 'n2'; readonly fault: NumberFault; readonly text: string }
  | { readonly line: number; readonly kind: 'operation'; readonly text: string };

export interface ParsedTasks {
  readonly tasks: readonly BatchTaskInput[];
  /** The first faults found, in the order of the lines. */
  readonly faults: readonly LineFault[];
  /** How many faults there are in all. */
  readonly faultCount: number;
}

/** Most tasks of one batch, as the graph has it. */
export const mostTasks = 10_000;
const mostFaultsShown = 50;

const operations: Record<string, Operation> = {
  add: 'ADD',
  addition: 'ADD',
  '+': 'ADD',
  sub: 'SUB',
  soustraction: 'SUB',
  subtraction: 'SUB',
  '-': 'SUB',
  '−': 'SUB',
  mul: 'MUL',
  multiplication: 'MUL',
  '*': 'MUL',
  x: 'MUL',
  '×': 'MUL',
  div: 'DIV',
  division: 'DIV',
  '/': 'DIV',
  ':': 'DIV',
  '÷': 'DIV',
  all: 'ALL',
  toutes: 'ALL',
};

/**
 * Reads tasks from lines of n1, n2, operation. The fields are parted by semicolons, tabs or commas, whichever the text uses; a decimal comma needs one of
 * the first two. A first line of titles, blank lines and quotes around fields are passed over. Lines count from 1, as an editor shows them.
 */
export function parseTasks(text: string): ParsedTasks {
  const separator = text.includes(';') ? ';' : text.includes('\t') ? '\t' : ',';
  const tasks: BatchTaskInput[] = [];
  const faults: LineFault[] = [];
  let seen = 0;
  for (const [index, raw] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    if (raw.trim() === '') continue;
    seen += 1;
    const fields = raw.split(separator).map((field) =>
      field
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .trim(),
    );
    if (seen === 1 && isTitles(fields)) continue;
    readLine(fields, index + 1, tasks, faults);
  }
  return { tasks, faults: faults.slice(0, mostFaultsShown), faultCount: faults.length };
}

/** The operation a word or sign stands for; undefined for any other text. */
export function operationOf(text: string): Operation | undefined {
  const word = text.trim().toLowerCase();
  return Object.hasOwn(operations, word) ? operations[word] : undefined;
}

function isTitles(fields: readonly string[]): boolean {
  return (
    fields.length >= 3 &&
    [fields[0], fields[1]].every((field) => /[a-z_]/i.test(field ?? '') && !parseNumber(field ?? '').ok) &&
    operationOf(fields[2] ?? '') === undefined
  );
}

function readLine(fields: readonly string[], line: number, tasks: BatchTaskInput[], faults: LineFault[]): void {
  const [first, second, third] = fields;
  if (fields.length !== 3 || first === undefined || second === undefined || third === undefined) {
    faults.push({ line, kind: 'columns', found: fields.length });
    return;
  }
  const n1 = parseNumber(first);
  const n2 = parseNumber(second);
  const operation = operationOf(third);
  if (!n1.ok) faults.push({ line, kind: 'n1', fault: n1.fault, text: first });
  if (!n2.ok) faults.push({ line, kind: 'n2', fault: n2.fault, text: second });
  if (operation === undefined) faults.push({ line, kind: 'operation', text: third });
  if (n1.ok && n2.ok && operation !== undefined) tasks.push({ n1: n1.value, n2: n2.value, operation });
}
