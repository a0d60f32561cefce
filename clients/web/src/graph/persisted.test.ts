import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { InMemoryCache } from '@apollo/client';
import { type DocumentNode, print } from 'graphql';
import { expect, test } from 'vitest';
import * as operations from '../generated/operations.ts';

const manifest = JSON.parse(readFileSync(new URL('../../../../schema/generated/persisted-operations.json', import.meta.url), 'utf8')) as {
  operations: { id: string; body: string }[];
};

test('every operation is on the list of persisted ones, under the digest of the text that Apollo Client sends', () => {
  const ids = new Set(manifest.operations.map(({ id }) => id));
  const documents = Object.entries(operations as Record<string, unknown>).filter(([name]) => name.endsWith('Document'));
  expect(documents.length).toBeGreaterThan(10);
  const missing = documents.filter(([, document]) => {
    const text = print(new InMemoryCache().transformDocument(document as DocumentNode));
    return !ids.has(createHash('sha256').update(text).digest('hex'));
  });
  expect(missing.map(([name]) => name)).toEqual([]);
});
