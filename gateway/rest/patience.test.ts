import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPatience } from './patience.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});
const open = () => {
  const raw = new EventEmitter();
  return { raw, patience: createPatience({ raw: raw as never }, 100) };
};

test('what is there at once costs no timer and no listener', () => {
  const { raw, patience } = open();
  expect(patience.bound(1)).toBe(1);
  expect([vi.getTimerCount(), raw.listenerCount('close')]).toEqual([0, 0]);
});

test('what is there in time leaves no timer', async () => {
  const { patience } = open();
  const work = Promise.withResolvers<number>();
  const bound = patience.bound(work.promise);
  const signal = patience.signal();
  work.resolve(1);
  expect(await bound).toBe(1);
  expect([vi.getTimerCount(), signal.aborted]).toEqual([0, false]);
});

test('what fails in time fails so', async () => {
  const { patience } = open();
  await expect(patience.bound(Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(vi.getTimerCount()).toBe(0);
});

test('past its time the work is given up and refused', async () => {
  const { patience } = open();
  const signal = patience.signal();
  const bound = patience.bound(new Promise(() => undefined));
  vi.advanceTimersByTime(99);
  expect(signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  await expect(bound).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  expect(signal.aborted).toBe(true);
});

test('a client that has gone gives the work up', () => {
  const { raw, patience } = open();
  const signal = patience.signal();
  raw.emit('close');
  expect(signal.aborted).toBe(true);
});
