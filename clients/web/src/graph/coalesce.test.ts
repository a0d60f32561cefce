import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { coalesce } from './coalesce.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a tile that changes often', () => {
  it('shows the first value at once, then the newest a few times a second', () => {
    const seen: number[] = [];
    const { push } = coalesce<number>(250, (value) => seen.push(value));
    push(1);
    push(2);
    push(3);
    expect(seen).toEqual([1]);
    vi.advanceTimersByTime(250);
    expect(seen).toEqual([1, 3]);
    vi.advanceTimersByTime(1_000);
    push(4);
    expect(seen).toEqual([1, 3, 4]);
  });

  it('shows nothing more once stopped', () => {
    const seen: number[] = [];
    const { push, stop } = coalesce<number>(250, (value) => seen.push(value));
    push(1);
    push(2);
    stop();
    vi.advanceTimersByTime(1_000);
    expect(seen).toEqual([1]);
  });
});
