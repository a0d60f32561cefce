import { vi } from 'vitest';

/** Waits until the assertion holds; as long as a busy machine may need, not as long as it should take. */
export function eventually<T>(assertion: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(assertion, { timeout: 10_000, interval: 10 }) as Promise<T>;
}
