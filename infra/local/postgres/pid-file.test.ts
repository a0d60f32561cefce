import { expect, test } from 'vitest';
import { parsePidFile } from './pid-file.ts';

test('a whole file tells process, port and status', () => {
  const text = '4711\n/data\n1790000000\n15432\n\n127.0.0.1\n  1234567  98304\nready   \n';
  expect(parsePidFile(text, 5)).toEqual({ pid: 4711, port: 15_432, status: 'ready', writtenAtMs: 5 });
});

test('a file that is still being written tells nothing, or that the server is starting', () => {
  expect(parsePidFile('', 0)).toBeNull();
  expect(parsePidFile('4711\n/data\n', 0)).toBeNull();
  expect(parsePidFile('4711\n/data\n1790000000\n15432\n', 0)).toMatchObject({ status: 'starting' });
});
