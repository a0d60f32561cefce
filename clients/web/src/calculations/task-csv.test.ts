import { describe, expect, it } from 'vitest';
import { operationOf, parseTasks } from './task-csv.ts';

describe('tasks from lines of text', () => {
  it('reads commas, words and signs', () => {
    expect(parseTasks('1,2,add\n3.5,-2,×\n10,0,/\n').tasks).toEqual([
      { n1: 1, n2: 2, operation: 'ADD' },
      { n1: 3.5, n2: -2, operation: 'MUL' },
      { n1: 10, n2: 0, operation: 'DIV' },
    ]);
  });

  it('reads French decimals where semicolons part the fields', () => {
    expect(parseTasks('3,5;2;sub\r\n"1 000,25";4;toutes').tasks).toEqual([
      { n1: 3.5, n2: 2, operation: 'SUB' },
      { n1: 1000.25, n2: 4, operation: 'ALL' },
    ]);
  });

  it('passes over titles, blank lines and a byte order mark', () => {
    expect(parseTasks('\ufeffn1;n2;operation\n\n1;2;add\n\n')).toEqual({
      tasks: [{ n1: 1, n2: 2, operation: 'ADD' }],
      faults: [],
      faultCount: 0,
    });
  });

  it('names every fault with its line', () => {
    expect(parseTasks('1,2,add\nx,y,pow\n1,2\n,2,add').faults).toEqual([
      { line: 2, kind: 'n1', fault: 'not-a-number', text: 'x' },
      { line: 2, kind: 'n2', fault: 'not-a-number', text: 'y' },
      { line: 2, kind: 'operation', text: 'pow' },
      { line: 3, kind: 'columns', found: 2 },
      { line: 4, kind: 'n1', fault: 'missing', text: '' },
    ]);
  });

  it('does not take a faulty first line for titles', () => {
    expect(parseTasks('a;2;add').faultCount).toBe(1);
  });

  it('counts faults past those it lists', () => {
    const { faults, faultCount } = parseTasks(Array.from({ length: 200 }, () => 'no').join('\n'));
    expect(faultCount).toBe(200);
    expect(faults.length).toBeLessThan(faultCount);
  });

  it('does not know words of the language itself as operations', () => {
    expect(operationOf('constructor')).toBeUndefined();
  });
});
