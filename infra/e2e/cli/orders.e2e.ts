import { afterAll, beforeAll, expect, test } from 'vitest';
import { adminKey, ask } from '../graph.ts';
import { createResources } from '../resources.ts';
import { type System, startSystem } from '../system.ts';
import { comptoir as run } from './comptoir.ts';

const resources = createResources();
let system: System;

beforeAll(async () => {
  system = resources.use(await startSystem({ env: { PAYMENT_TIMEOUT_MS: '200' } }));
});
afterAll(() => resources[Symbol.asyncDispose]());

const comptoir = (...words: string[]) => run({ COMPTOIR_URL: system.url, COMPTOIR_API_KEY: adminKey }, ...words);

const sagaIn = (text: string) => /saga_\w+/.exec(text)?.[0] ?? '';
/** Steps that ended, in the order in which they were told. */
const stepsIn = (text: string) => [...text.matchAll(/^ {2}([✓✗]) (?:↩ )?([A-Z_]+)/gmu)].map(([, sign, step]) => `${sign} ${step}`);

test('an order is followed to its end, step by step', async () => {
  const { code, out, err } = await comptoir('order', 'start', '--customer', '1', '--line', '1x2', '--line', '5x1');
  expect(err).toBe('');
  expect(stepsIn(out)).toEqual(['✓ CHECK_STOCK', '✓ RESERVE_STOCK', '✓ CREATE_ORDER', '✓ PROCESS_PAYMENT', '✓ CONFIRM_ORDER']);
  expect(out).toMatch(/^✓ COMPLETED {2}order \d+ /m);
  expect(code).toBe(0);
});

test('an order that is undone says why, and ends with an exit code that a script can tell', async () => {
  const { code, out } = await comptoir('order', 'start', '--customer', '99999', '--line', '1x2');
  expect(stepsIn(out)).toEqual(['✓ CHECK_STOCK', '✓ RESERVE_STOCK', '✗ CREATE_ORDER', '✓ RELEASE_STOCK']);
  expect(out).toContain('There is no customer 99999');
  expect(code).toBe(1);
  const listed = await comptoir('saga', 'list', '--state', 'compensated', '--json');
  expect(
    listed.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).id),
  ).toContain(sagaIn(out));
});

test('a saga is paused, resumed and cancelled; what is not possible is refused with what is', async () => {
  const pid = (await system.processes())['payment-provider'] ?? 0;
  process.kill(pid, 'SIGSTOP');
  const wake = () => process.kill(pid, 'SIGCONT');
  resources.defer(wake);
  const id = (await comptoir('order', 'start', '--customer', '2', '--line', '1x1', '--no-watch')).out.trim();
  const state = async () => (await ask(system.url, 'query ($id: ID!) { saga(id: $id) { state } }', { id })).data.saga.state;
  await expect.poll(state, { timeout: 30_000 }).toBe('PAYMENT_PROCESSING');
  expect((await comptoir('saga', 'pause', id)).out).toContain(`${id} is held`);
  const refused = await comptoir('saga', 'retry', id);
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('Possible now: resume, cancel')]);
  expect((await comptoir('saga', 'resume', id)).code).toBe(0);
  expect((await comptoir('saga', 'cancel', id)).out).toContain('is being undone');
  wake();
  const watched = await comptoir('saga', 'watch', id);
  expect(watched.out).toMatch(/^↩ COMPENSATED/m);
  expect(watched.code).toBe(0);
});

test.each([
  [['order', 'start', '--customer', 'abc', '--line', '1x2'], 2, /--customer.*'abc'.*whole number[\s\S]*order start --help/],
  [['order', 'start', '--customer', '1'], 2, /--line: at least one is needed/],
  [['order', 'start', '--customer', '1', '--line', 'two', '--line', '1x0'], 2, /--line two: .*1x2[\s\S]*--line 1x0: .*from 1 to 10,000/],
  [['saga', 'list', '--state', 'LOST'], 2, /LOST.*PENDING.*FAILED/],
  [['saga', 'watch', 'saga_none'], 1, /There is no saga saga_none/],
  [['saga', 'retry', 'saga_none'], 1, /There is no saga saga_none[\s\S]*saga list/],
] as const)('%j says what is wrong and how to mend it', async (words, expected, said) => {
  const { code, err } = await comptoir(...words);
  expect(err).toMatch(said);
  expect(code).toBe(expected);
});
