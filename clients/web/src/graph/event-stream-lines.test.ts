import { expect, test } from 'vitest';
import { readEventStream } from './event-stream-lines.ts';

function read(...pieces: string[]) {
  const told: unknown[] = [];
  const reader = readEventStream({ event: ({ event, data }) => told.push([event, data]), retry: (waitMs) => told.push(waitMs) });
  for (const piece of pieces) reader.push(piece);
  return told;
}

test('events are read wherever the text is cut', () => {
  const text = ':\n\nevent: next\ndata: {"a":1}\n\nevent: next\r\ndata: one\r\ndata:two\r\n\r\nretry: 1500\n\n';
  const told = [['next', '{"a":1}'], ['next', 'one\ntwo'], 1_500];
  expect(read(text)).toEqual(told);
  expect(read(...text)).toEqual(told);
});

test('what is not whole yet, and what is no event, is not told', () => {
  expect(read('event: next\ndata: {"a"')).toEqual([]);
  expect(read('event: next\n\nretry: soon\n\nid: 7\n\n')).toEqual([]);
  expect(read('data\n\n')).toEqual([['message', '']]);
});
