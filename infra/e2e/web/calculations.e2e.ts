import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../graph.ts';
import { createResources } from '../resources.ts';
import { type System, startSystem } from '../system.ts';
import { launchBrowser } from './browser.ts';
import { clearFilters, expectAccessible, exportList, saveAndTakeView, visit } from './visit.ts';

const resources = createResources();
let system: System;
let browser: Browser;

beforeAll(async () => {
  system = resources.use(await startSystem());
  browser = await launchBrowser();
  resources.defer(() => browser.close());
});
afterAll(() => resources[Symbol.asyncDispose]());

const results = (page: import('playwright-core').Page) => page.getByRole('table', { name: 'Résultats' });

test('42 and 7 with every operation: four results appear without a reload, each with the worker that made it', async () => {
  await using visitor = await visit(browser, system, '/');
  const { page } = visitor;
  await page.getByLabel('Premier nombre').fill('42');
  await page.getByLabel('Second nombre').fill('7');
  await page.getByRole('radio', { name: 'Toutes' }).check();
  await page.getByRole('button', { name: 'Calculer' }).click();
  for (const [sum, value, worker] of [
    ['42 + 7', '49', /worker_add_\d/],
    ['42 − 7', '35', /worker_sub_\d/],
    ['42 × 7', '294', /worker_mul_\d/],
    ['42 ÷ 7', '6', /worker_div_\d/],
  ] as const) {
    const row = results(page).getByRole('row').filter({ hasText: sum }).filter({ hasText: worker });
    await row.waitFor({ timeout: 15_000 });
    expect(await row.getByRole('cell', { name: value, exact: true }).count()).toBe(1);
  }
  expect(visitor.faults).toEqual([]);
});

test('the documented run gives its eight right results on the page', async () => {
  await using visitor = await visit(browser, system, '/app/calculs');
  const { page } = visitor;
  for (const [n1, operation, n2] of [
    ['10', 'Addition', '5'],
    ['20', 'Soustraction', '3'],
    ['7', 'Multiplication', '4'],
    ['15', 'Division', '3'],
    ['100', 'Toutes', '10'],
  ] as const) {
    await page.getByLabel('Premier nombre').fill(n1);
    await page.getByLabel('Second nombre').fill(n2);
    await page.getByRole('radio', { name: operation }).check({ force: true });
    await page.getByLabel('Second nombre').press('Enter');
    // The form is ready for the next one as soon as this one was accepted.
    await results(page)
      .getByRole('row')
      .filter({ hasText: new RegExp(`${n1} . ${n2}`) })
      .first()
      .waitFor({ timeout: 15_000 });
  }
  for (const [sum, value] of [
    ['10 + 5', '15'],
    ['20 − 3', '17'],
    ['7 × 4', '28'],
    ['15 ÷ 3', '5'],
    ['100 + 10', '110'],
    ['100 − 10', '90'],
    ['100 × 10', /^1.000$/],
    ['100 ÷ 10', '10'],
  ] as const) {
    const row = results(page).getByRole('row').filter({ hasText: sum });
    await row.getByRole('cell', { name: value, exact: true }).waitFor({ timeout: 15_000 });
  }
});

test('where nothing came of the automatic producer, all results are a press away', async () => {
  await using visitor = await visit(browser, system, '/app/calculs?filtre=automatiques');
  await clearFilters(visitor.page, 'Aucun résultat automatique pour l’instant.');
  await results(visitor.page).getByRole('row').nth(1).waitFor();
});

test('results of the automatic producer appear under Automatiques, and nowhere under Mes tâches', async () => {
  await using visitor = await visit(browser, system, '/app/calculs');
  const { page } = visitor;
  await page.getByText('Automatiques', { exact: true }).last().click();
  await ask(system.url, 'mutation { submitCalculation(input: { n1: 1234, n2: 1, operation: ADD, source: AUTO }) { __typename } }');
  await results(page).getByRole('row').filter({ hasText: '+ 1' }).filter({ hasText: /1.235/ }).waitFor({ timeout: 15_000 });
  expect(page.url()).toMatch(/auto/);
  await page.getByText('Mes tâches', { exact: true }).click();
  await results(page).getByRole('row').filter({ hasText: '42 + 7' }).waitFor({ timeout: 15_000 });
  expect(await results(page).getByRole('row').filter({ hasText: /1.235/ }).count()).toBe(0);
  await saveAndTakeView(page, 'Les miens');
  await expect.poll(() => new URL(page.url()).search).toBe('?filtre=mes-taches');
});

test('results hold still under a pointer that rests, even where another list came under it', async () => {
  await using visitor = await visit(browser, system, '/app/calculs');
  const { page } = visitor;
  await results(page).hover();
  await page.getByRole('radio', { name: 'Automatiques' }).press('Space');
  await results(page).getByRole('row').filter({ hasText: /1.235/ }).waitFor({ timeout: 15_000 });
  await ask(system.url, 'mutation { submitCalculation(input: { n1: 4321, n2: 1, operation: ADD, source: AUTO }) { __typename } }');
  const held = page.getByTestId('held');
  await held.getByText('1 nouveau').waitFor({ timeout: 15_000 });
  expect(await results(page).getByRole('row').filter({ hasText: /4.322/ }).count()).toBe(0);
  await page.mouse.move(0, 0);
  await results(page).getByRole('row').filter({ hasText: /4.322/ }).waitFor({ timeout: 15_000 });
  expect(await held.count()).toBe(0);
});

test('what is not a number is refused at its field, and what was typed stays', async () => {
  await using visitor = await visit(browser, system, '/app/calculs');
  const { page } = visitor;
  await page.getByLabel('Premier nombre').fill('douze');
  await page.getByLabel('Second nombre').fill('3,5');
  await page.getByRole('button', { name: 'Calculer' }).click();
  await page.getByText('Ce n’est pas un nombre', { exact: false }).waitFor();
  expect(await page.getByLabel('Premier nombre').inputValue()).toBe('douze');
  expect(await page.getByLabel('Second nombre').inputValue()).toBe('3,5');
});

test('a batch shows its progress to the end', async () => {
  await using visitor = await visit(browser, system, '/app/calculs');
  const { page } = visitor;
  await page.getByText('Lot', { exact: true }).click();
  await page.getByLabel('Nombre de calculs').fill('2000');
  await page.getByRole('button', { name: 'Envoyer le lot' }).click();
  const batch = page.getByTestId('batch').first();
  await batch.getByText('terminé').waitFor({ timeout: 60_000 });
  expect(await batch.innerText()).toMatch(/2.000 \/ 2.000/);
});

test('results are exported to the end of the list; past the limit of requests the export waits as long as it is told, or until it is ended', async () => {
  await using visitor = await visit(browser, system, '/app/calculs');
  const { page } = visitor;
  let retryAfter: string | null = '60';
  await page.route('**/graphql', (route) => {
    const isLaterPage = /"ResultPage".*"after":"/.test(route.request().postData() ?? '');
    if (!isLaterPage || retryAfter === null) return route.continue();
    const headers = { 'retry-after': retryAfter };
    retryAfter = null;
    return route.fulfill({ status: 429, headers, contentType: 'application/json', body: '{"errors":[{"message":"Too many requests"}]}' });
  });
  await results(page).getByRole('row').nth(1).waitFor();
  const stop = page.getByRole('button', { name: 'Arrêter l’export' });
  await page.getByTestId('export').click();
  await page
    .getByTestId('export-progress')
    .getByText(/suite dans/)
    .waitFor();
  await expectAccessible(page);
  await stop.press('Enter');
  await page.getByTestId('export-progress').waitFor({ state: 'detached' });
  expect(await page.getByTestId('notice').count()).toBe(0);

  retryAfter = '1';
  const { file, lines } = await exportList(page);
  const { data } = await ask(system.url, '{ results(filter: { sinceClear: true }, first: 1) { totalCount } }');
  expect(retryAfter).toBe(null);
  expect(data.results.totalCount).toBeGreaterThan(2_000);
  expect([file, lines.length]).toEqual([expect.stringMatching(/^resultats-.*\.csv$/), data.results.totalCount + 1]);
});

test('the page goes on by itself when the gateway was killed and came back', async () => {
  await using visitor = await visit(browser, system, '/app/calculs');
  const { page } = visitor;
  await system.kill('system');
  await page.getByText('reconnexion…').waitFor({ timeout: 15_000 });
  await page.getByTestId('feed-state').getByText('en direct').waitFor({ timeout: 30_000 });
  await expect
    .poll(
      async () =>
        (await ask(system.url, 'mutation { submitCalculation(input: { n1: 987, n2: 0, operation: ADD }) { __typename } }')).errors,
      { timeout: 15_000 },
    )
    .toEqual([]);
  await results(page).getByRole('row').filter({ hasText: '987 + 0' }).first().waitFor({ timeout: 20_000 });
});

test.each([
  ['phone', 390, 844, 'light'],
  ['laptop', 1280, 800, 'dark'],
  ['wall', 2560, 1440, 'light'],
] as const)('%s: no serious finding of axe, nothing wider than the screen', async (_name, width, height, colorScheme) => {
  await using visitor = await visit(browser, system, '/app/calculs', { width, height, colorScheme });
  const { page, faults } = visitor;
  await results(page).getByRole('row').nth(1).waitFor();
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  expect(faults).toEqual([]);
});
