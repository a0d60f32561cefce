import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type DocumentNode, print } from 'graphql';
import { expect, test } from 'vitest';
import * as operations from './generated/operations.ts';

const manifest = JSON.parse(readFileSync(new URL('../../schema/generated/persisted-operations.json', import.meta.url), 'utf8')) as {
  operations: { id: string }[];
};

test('every operation is on the list of persisted ones, under the digest of the text that is sent', () => {
  const ids = new Set(manifest.operations.map(({ id }) => id));
  const documents = Object.entries(operations as Record<string, unknown>).filter(([name]) => name.endsWith('Document'));
  expect(documents.length).toBeGreaterThan(5);
  const missing = documents.filter(
    ([, document]) =>
      !ids.has(
        createHash('sha256')
          .update(print(document as DocumentNode))
          .digest('hex'),
      ),
  );
  expect(missing.map(([name]) => name)).toEqual([]);
});
