import { vi } from 'vitest';

/** Waits until the assertion holds; as long as a busy machine may need, not as long as it should take. */
export function eventually<T>(assertion: () => T | Promise<T>, timeout = 10_000): Promise<T> {
  return vi.waitFor(assertion, { timeout, interval: 10 }) as Promise<T>;
}
