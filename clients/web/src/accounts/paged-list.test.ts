import { expect, test } from 'vitest';
import { createPagedList } from './paged-list.ts';

interface Person {
  readonly id: string;
  readonly name: string;
}

const person = (id: string, name = id): Person => ({ id, name });

/** A list of `people` as they are when it is asked, two a page. */
function listOf(people: { now: readonly Person[] }) {
  let asked = 0;
  const list = createPagedList<Person>(async (after) => {
    asked += 1;
    const from = after === null ? 0 : Number(after);
    const nodes = people.now.slice(from, from + 2);
    return { nodes, hasNextPage: from + 2 < people.now.length, endCursor: String(from + 2) };
  });
  return { list, asked: () => asked, names: () => list.get().rows.map(({ name }) => name) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a change is seen in all pages that were loaded, and more can be loaded after it', async () => {
  const people = { now: [person('a'), person('c'), person('d'), person('f'), person('g')] };
  const { list, names } = listOf(people);
  await settled();
  list.loadMore();
  await settled();
  expect(names()).toEqual(['a', 'c', 'd', 'f']);
  people.now = [person('a'), person('b'), person('c', 'C'), person('d'), person('f'), person('g')];
  list.refresh();
  await settled();
  expect(names()).toEqual(['a', 'b', 'C', 'd']);
  list.loadMore();
  await settled();
  expect(names()).toEqual(['a', 'b', 'C', 'd', 'f', 'g']);
  expect(list.get().hasMore).toBe(false);
});

test('while somebody reads, rows change in place and nobody comes or goes; then they do', async () => {
  const people = { now: [person('a'), person('c')] };
  const { list, names } = listOf(people);
  await settled();
  list.hold(true);
  people.now = [person('b'), person('c', 'C')];
  list.refresh();
  await settled();
  expect(names()).toEqual(['a', 'C']);
  list.hold(false);
  expect(names()).toEqual(['b', 'C']);
});

test('two changes at once end in what is there last, whichever answer comes first', async () => {
  const answers: ((people: Person[]) => void)[] = [];
  const list = createPagedList<Person>(
    () => new Promise((resolve) => answers.push((nodes) => resolve({ nodes, hasNextPage: false, endCursor: null }))),
  );
  answers[0]?.([person('a')]);
  await settled();
  list.refresh();
  list.refresh();
  answers[2]?.([person('new')]);
  await settled();
  answers[1]?.([person('old')]);
  await settled();
  expect(list.get().rows).toEqual([person('new')]);
});

test('a list that could not be loaded is loaded by the next change', async () => {
  let broken = true;
  const list = createPagedList<Person>(async () => {
    if (broken) throw new Error('away');
    return { nodes: [person('a')], hasNextPage: false, endCursor: null };
  });
  await settled();
  expect(list.get().status).toBe('failed');
  broken = false;
  list.refresh();
  await settled();
  expect(list.get()).toMatchObject({ status: 'ready', rows: [person('a')] });
});
