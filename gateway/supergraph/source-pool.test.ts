import { expect, test } from 'vitest';
import type { SubgraphSource } from '../fetch/subgraph-source.ts';
import { createSourcePool } from './source-pool.ts';

test('a subgraph whose address stays keeps its source over versions; the others are stopped with the last version that used them', async () => {
  const stopped: string[] = [];
  const pool = createSourcePool(
    (name, url) => ({ name, stop: async () => void stopped.push(`${name} ${url}`) }) as unknown as SubgraphSource,
  );
  const first = pool.acquire(new Map([['a', 'http://a'], ['b', 'http://b']])); // biome-ignore format: pairs
  const second = pool.acquire(new Map([['a', 'http://a'], ['b', 'http://elsewhere']])); // biome-ignore format: pairs
  expect(second.sources.get('a')).toBe(first.sources.get('a'));
  expect(second.sources.get('b')).not.toBe(first.sources.get('b'));
  await first.release();
  await first.release();
  expect(stopped).toEqual(['b http://b']);
  await second.release();
  expect(stopped).toEqual(['b http://b', 'a http://a', 'b http://elsewhere']);
  const third = pool.acquire(new Map([['a', 'http://a']]));
  expect(third.sources.get('a')).not.toBe(first.sources.get('a'));
});
