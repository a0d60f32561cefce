import { expect, test } from 'vitest';
import { parseTasks } from './task-file.ts';

test('a file with a heading, comments and empty lines gives its tasks', () => {
  expect(parseTasks('n1,n2,operation\n# sums\n42,7,add\r\n\n100,10,all\n')).toEqual([
    { n1: 42, n2: 7, operation: 'ADD' },
    { n1: 100, n2: 10, operation: 'ALL' },
  ]);
});

test('every faulty line is named with its number', () => {
  expect(() => parseTasks('1,2,add\n1,b,add\n1,2\n1,2,add,4')).toThrow(
    'line 2: n2: "b" is not a finite number\nline 3: operation: "" is none of add (+), sub (-), mul (x), div (/), all\nline 4: more than three columns',
  );
});

test('a file full of faults is cut to a readable number of them', () => {
  const attempt = () => parseTasks('x,y,z\n'.repeat(500));
  expect(attempt).toThrow('… and 480 more lines with faults');
});

test('an empty file is refused', () => {
  expect(() => parseTasks('\n')).toThrow('the file holds no task');
});
