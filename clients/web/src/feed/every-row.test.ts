import { ServerError } from '@apollo/client';
import { expect, test } from 'vitest';
import { everyRow, LimitReached, mostRead, type Reading } from './every-row.ts';
import { type PageOf, pageSize } from './live-list.ts';

const plenty = { note: () => undefined, spareInSeconds: () => 0 };

/** A list of so many rows. */
function listOf(length: number): PageOf<{ id: string }> {
  return async (after) => {
    const start = Number(after ?? 0);
    const end = Math.min(length, start + pageSize);
    const nodes = Array.from({ length: end - start }, (_, index) => ({ id: `${start + index}` }));
    return { nodes, hasNextPage: end < length, endCursor: `${end}` };
  };
}

function refusal(retryAfter: number): ServerError {
  const response = new Response('{}', { status: 429, headers: { 'retry-after': `${retryAfter}` } });
  return new ServerError('Too many requests', { response, bodyText: '{}' });
}

/** Reads a list with a clock that does not wait; gives what came of it and what was waited. */
function read(pageOf: PageOf<{ id: string }>, options: { allowance?: typeof plenty; signal?: AbortSignal } = {}) {
  const waits: number[] = [];
  const told: Reading[] = [];
  const rows = everyRow(pageOf, {
    allowance: options.allowance ?? plenty,
    signal: options.signal ?? new AbortController().signal,
    tell: (reading) => told.push(reading),
    pause: async (ms) => void waits.push(ms),
  });
  return { rows, waits, told };
}

test('a list is read to its end, and how far it is is told', async () => {
  const { rows, told } = read(listOf(230));
  expect((await rows).nodes).toHaveLength(230);
  expect(told).toEqual([100, 200, 230].map((count) => ({ rows: count, waitsUntil: null })));
});

test('what is past a limit is asked for again after as long as was told, and nothing is missing', async () => {
  let asked = 0;
  const { rows, waits } = read(async (after) => {
    asked += 1;
    if (asked === 2) throw refusal(12);
    return listOf(230)(after);
  });
  const { nodes, complete } = await rows;
  expect([nodes.length, complete, waits]).toEqual([230, true, [12_000]]);
});

test('a short list is read at once; a long one waits before it takes from others what is left of the limit', async () => {
  const nearlyOver = { ...plenty, spareInSeconds: () => 30 };
  const short = read(listOf(480), { allowance: nearlyOver });
  expect((await short.rows).nodes).toHaveLength(480);
  expect(short.waits).toEqual([]);
  const long = read(listOf(620), { allowance: nearlyOver });
  expect((await long.rows).nodes).toHaveLength(620);
  expect(long.waits).toEqual([30_000, 30_000]);
});

test('nobody waits for a limit of an hour: the list is given up, and how long it takes is known', async () => {
  const { rows, waits } = read(async () => {
    throw refusal(1_900);
  });
  await expect(rows).rejects.toThrow(LimitReached);
  await expect(rows).rejects.toMatchObject({ retryAfterSeconds: 1_900 });
  expect(waits).toEqual([]);
});

test('a page that is refused again and again is given up', async () => {
  const { rows, waits } = read(async () => {
    throw refusal(1);
  });
  await expect(rows).rejects.toThrow('Too many requests');
  expect(waits).toHaveLength(5);
});

test('once nobody wants it any more no page is asked for', async () => {
  const wanted = new AbortController();
  const asked: (string | null)[] = [];
  const { rows } = read(
    async (after) => {
      asked.push(after);
      if (asked.length === 2) wanted.abort(new Error('not wanted'));
      return listOf(1_000)(after);
    },
    { signal: wanted.signal },
  );
  await expect(rows).rejects.toThrow('not wanted');
  expect(asked).toEqual([null, '100']);
});

test('a list without end is read so far only, and is said not to be whole', async () => {
  const { nodes, complete } = await read(listOf(mostRead + 1)).rows;
  expect([nodes.length, complete]).toEqual([mostRead, false]);
});
