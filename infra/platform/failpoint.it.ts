import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { failpointConfig } from './failpoint.ts';

/** A process that comes by at `a.b.c` three times, and by other places; how far it gets, and what ended it. */
function comeBy(spec: string) {
  const program = `
    import { armFailpoint, failpoint } from ${JSON.stringify(new URL('./failpoint.ts', import.meta.url).href)};
    import { writeSync } from 'node:fs';
    armFailpoint(process.env.FAILPOINT);
    for (const saga_id of ['saga-1', 'saga-2', 'saga-3']) {
      failpoint('x.y.z');
      failpoint('a.b.c', { saga_id, data: { step: 'CHECK_STOCK' } });
      writeSync(1, saga_id + ' ');
    }`;
  const { stdout, signal } = spawnSync(process.execPath, ['--no-warnings', '--input-type=module', '--eval', program], {
    env: { FAILPOINT: spec },
    encoding: 'utf8',
  });
  return { passed: stdout.split(' ').filter((word) => word !== '').length, signal };
}

test.each([
  ['', 3, null],
  ['a.b', 3, null],
  ['a.b.c', 0, 'SIGKILL'],
  ['a.b.c:2', 1, 'SIGKILL'],
  ['a.b.c:4', 3, null],
  ['a.b.c@saga-2', 1, 'SIGKILL'],
  ['a.b.c@saga-2@CHECK_STOCK', 1, 'SIGKILL'],
  ['a.b.c@saga-2@RESERVE_STOCK', 3, null],
  ['a.b.c@CHECK_STOCK:3', 2, 'SIGKILL'],
  ['x.y.z@saga-1', 3, null],
])('FAILPOINT=%s lets %i pass and ends the process by %s', (spec, passed, signal) => {
  expect(comeBy(spec)).toEqual({ passed, signal });
});

test('a FAILPOINT that is none is refused at the start', () => {
  const config = z.object(failpointConfig);
  for (const FAILPOINT of ['a.b.c', 'a.b.c:3', 'a.b.c@saga_1', 'a.b.c@saga_1@RESERVE_STOCK:2'])
    expect(config.safeParse({ FAILPOINT }).success).toBe(true);
  for (const FAILPOINT of ['A', 'a.b.c:0', 'a.b.c@', 'a.b.c@saga 1', '@saga']) expect(config.safeParse({ FAILPOINT }).success).toBe(false);
});
