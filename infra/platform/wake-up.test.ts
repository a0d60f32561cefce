import { expect, test, vi } from 'vitest';
import { createWakeUp } from './wake-up.ts';

const never = new AbortController().signal;

test('a wake that comes while nobody sleeps ends the next sleep at once, and only that', async () => {
  vi.useFakeTimers();
  try {
    const wakeUp = createWakeUp();
    wakeUp.wake();
    await wakeUp.sleep(1_000, never);
    let over = false;
    const sleeping = wakeUp.sleep(1_000, never).then(() => {
      over = true;
    });
    await vi.advanceTimersByTimeAsync(999);
    expect(over).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await sleeping;
  } finally {
    vi.useRealTimers();
  }
});

test('a wake or an abort ends a sleep, and leaves no listener behind', async () => {
  const wakeUp = createWakeUp();
  const controller = new AbortController();
  const first = wakeUp.sleep(60_000, controller.signal);
  wakeUp.wake();
  await first;
  const second = wakeUp.sleep(60_000, controller.signal);
  controller.abort();
  await second;
  await wakeUp.sleep(60_000, controller.signal); // aborted already
});
