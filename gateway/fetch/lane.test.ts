import { expect, test } from 'vitest';
import { createLane } from './lane.ts';

const soon = () => performance.now() + 60_000;

test('lets in as many as it has room for, and the others in the order they came as soon as one leaves', async () => {
  const lane = createLane(2);
  expect([lane.enter(soon(), undefined), lane.enter(soon(), undefined)]).toEqual(['in', 'in']);
  const order: number[] = [];
  const waiting = [1, 2, 3].map(async (each) => {
    expect(await lane.enter(soon(), undefined)).toBe('in');
    order.push(each);
    lane.leave(1);
  });
  expect(lane.waiting()).toBe(3);
  lane.leave(1);
  await Promise.all(waiting);
  expect(order).toEqual([1, 2, 3]);
  expect(lane.waiting()).toBe(0);
});

test('who waits longer than he has is told so, and takes no place', async () => {
  const lane = createLane(1);
  lane.enter(soon(), undefined);
  expect(await lane.enter(performance.now() + 20, undefined)).toBe('overdue');
  lane.leave();
  expect(lane.enter(soon(), undefined)).toBe('in');
});

test('who goes away while he waits takes no place', async () => {
  const lane = createLane(1);
  lane.enter(soon(), undefined);
  const gone = new AbortController();
  const waiting = lane.enter(soon(), gone.signal);
  gone.abort();
  expect(await waiting).toBe('aborted');
  expect(await lane.enter(soon(), gone.signal)).toBe('aborted');
  expect(lane.waiting()).toBe(0);
});

test('one with less time left than an answer usually takes makes room for those who have enough', async () => {
  let nowMs = 0;
  const lane = createLane(1, () => nowMs);
  for (let time = 0; time < 100; time++) {
    expect(lane.enter(60_000, undefined)).toBe('in');
    lane.leave(500);
  }
  lane.enter(60_000, undefined);
  const late = lane.enter(1_000, undefined);
  const early = lane.enter(60_000, undefined);
  expect(lane.waitMs()).toBeGreaterThan(900);
  nowMs = 800;
  lane.leave(500);
  expect(await Promise.all([late, early])).toEqual(['overdue', 'in']);
});
