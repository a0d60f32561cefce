import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../graph.ts';
import { createResources } from '../resources.ts';
import { type System, startSystem } from '../system.ts';
import { launchBrowser } from './browser.ts';
import { expectAccessible, visit } from './visit.ts';

const resources = createResources();
let system: System;
let browser: Browser;

beforeAll(async () => {
  system = resources.use(await startSystem({ split: true, env: { SUBGRAPH_TIMEOUT_MS: '1000' } }));
  browser = await launchBrowser();
  resources.defer(() => browser.close());
});
afterAll(() => resources[Symbol.asyncDispose]());

const patience = { timeout: 30_000 };
/** As many as a breaker wants to see before it opens, and some more. */
const requests = 15;
/** Each another request, since equal ones that are asked at once are one. */
const errorsOf = async (first: number) => (await ask(system.url, `{ customers(first: ${first}) { nodes { id } } }`)).errors;

test('a service that falls silent is left alone, and asked again once it answers: both are seen, and said, as they happen', async () => {
  await using visitor = await visit(browser, system, '/app/exploitation?vue=passerelle');
  const { page, faults } = visitor;
  const service = (state: string) => page.getByTestId('breakers').locator(`[data-service="customers"][data-state="${state}"]`);
  await service('closed').waitFor(patience);
  const said = (text: RegExp) =>
    page
      .getByTestId('live-region')
      .filter({ hasText: text })
      .waitFor({ ...patience, state: 'attached' });
  const pid = (await system.processes()).customers!;
  process.kill(pid, 'SIGSTOP');
  try {
    const errors = await Promise.all(Array.from({ length: requests }, (_, index) => errorsOf(index + 1)));
    expect(errors.every(([error]) => error !== undefined)).toBe(true);
    await service('open').or(service('half-open')).waitFor(patience);
    await said(/Disjoncteur ouvert.*customers/);
    // The others go on as before.
    expect((await ask(system.url, '{ products(first: 1) { nodes { id } } }')).errors).toEqual([]);
    expect(await page.locator('[data-service="inventory"]').getAttribute('data-state')).toBe('closed');
    await expectAccessible(page);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  await expect.poll(() => errorsOf(1), patience).toEqual([]);
  await service('closed').waitFor(patience);
  await said(/Disjoncteur refermé.*customers/);
  expect(faults).toEqual([]);
});
