import { expect, test } from 'vitest';
import { createInFlight } from './in-flight.ts';

function setUp() {
  const flights: { resolve(value: string): void; reject(error: Error): void; signal: AbortSignal }[] = [];
  const inFlight = createInFlight<string>();
  const fetch = (signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      flights.push({ resolve, reject, signal });
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  return { flights, share: (key: string, signal?: AbortSignal) => inFlight.share(key, signal, fetch) };
}

test('equal fetches at one time are one, later ones are new', async () => {
  const { flights, share } = setUp();
  const both = [share('a'), share('a')];
  share('b');
  expect(flights).toHaveLength(2);
  flights[0]?.resolve('answer');
  expect(await Promise.all(both)).toEqual(['answer', 'answer']);
  share('a');
  expect(flights).toHaveLength(3);
});

test('one who leaves disturbs nobody; the last one ends the fetch, and the next begins anew', async () => {
  const { flights, share } = setUp();
  const [first, second] = [new AbortController(), new AbortController()];
  const a = share('k', first.signal);
  const b = share('k', second.signal);
  first.abort(new Error('first left'));
  await expect(a).rejects.toThrow('first left');
  expect(flights[0]?.signal.aborted).toBe(false);
  second.abort(new Error('second left'));
  expect(flights[0]?.signal.aborted).toBe(true);
  const c = share('k');
  expect(flights).toHaveLength(2);
  await expect(b).rejects.toThrow('second left');
  flights[1]?.resolve('again');
  expect(await c).toBe('again');
});

test('a failed fetch fails for all who shared it and is not kept', async () => {
  const { flights, share } = setUp();
  const both = Promise.allSettled([share('k'), share('k')]);
  flights[0]?.reject(new Error('broken'));
  expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  share('k');
  expect(flights).toHaveLength(2);
});

test('what those who share a fetch do with its answer changes nothing for the others', async () => {
  const inFlight = createInFlight<{ names: string[] }>(structuredClone);
  const { promise, resolve } = Promise.withResolvers<{ names: string[] }>();
  const { signal } = new AbortController();
  const changed = async (name: string, given?: AbortSignal) => {
    const answer = await inFlight.share('k', given, () => promise);
    answer.names.push(name);
    return answer.names;
  };
  const all = [changed('first'), changed('second', signal), changed('third'), changed('fourth', signal)];
  resolve({ names: [] });
  expect(await Promise.all(all)).toEqual([['first'], ['second'], ['third'], ['fourth']]);
});
