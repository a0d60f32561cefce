import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../graph.ts';
import { createResources } from '../resources.ts';
import { type System, startSystem } from '../system.ts';
import { launchBrowser } from './browser.ts';
import { devices, expectAccessible, expectNoWiderThanScreen, exportList, goTo, saveAndTakeView, visit } from './visit.ts';

const resources = createResources();
let system: System;
let browser: Browser;

beforeAll(async () => {
  system = resources.use(await startSystem());
  browser = await launchBrowser();
  resources.defer(() => browser.close());
});
afterAll(() => resources[Symbol.asyncDispose]());

const patience = { timeout: 30_000 };

async function levelOf(productId: string, town: string): Promise<{ placeId: string; onHand: number }> {
  const { data } = await ask(system.url, 'query ($id: ID!) { product(id: $id) { stock { onHand place { id town } } } }', { id: productId });
  const level = data.product.stock.find(({ place }: { place: { town: string } }) => place.town === town);
  return { placeId: level.place.id, onHand: level.onHand };
}

async function count(productId: string, placeId: string, quantity: number) {
  const { data, errors } = await ask(
    system.url,
    'mutation ($productId: ID!, $placeId: ID!, $quantity: Int!) { countStock(productId: $productId, placeId: $placeId, quantity: $quantity) { __typename } }',
    { productId, placeId, quantity },
  );
  expect([errors, data.countStock.__typename]).toEqual([[], 'StockChanged']);
}

const cell = (page: Page, productId: string, placeId: string) =>
  page.getByTestId('matrix').locator(`[data-product="${productId}"] [data-place="${placeId}"]`);

test('a cell changes by itself when stock moves elsewhere, and is marked where it falls below its threshold', async () => {
  await using visitor = await visit(browser, system, '/app/stock');
  const { page, faults } = visitor;
  const { placeId } = await levelOf('1', 'Lyon');
  await page.getByTestId('stock-search').fill('cafe kenya');
  await cell(page, '1', placeId).waitFor(patience);
  await count('1', placeId, 33);
  await cell(page, '1', placeId).getByText('33', { exact: true }).waitFor(patience);
  await count('1', placeId, 3);
  await cell(page, '1', placeId).and(page.locator('[data-low="true"]')).getByText('3', { exact: true }).waitFor(patience);
  await page.getByText('Stock bas', { exact: true }).click();
  await cell(page, '1', placeId).and(page.locator('[data-low="true"]')).waitFor(patience);
  const { file, lines } = await exportList(page);
  expect(file).toMatch(/^stock-.*\.csv$/);
  expect(lines.find((line) => line.startsWith('1;') && line.includes(`;${placeId};`))).toMatch(/;3;0;3;true;\d+$/);
  await saveAndTakeView(page, 'À commander');
  await cell(page, '1', placeId).and(page.locator('[data-low="true"]')).waitFor(patience);
  expect(faults).toEqual([]);
});

test('a count is booked from the matrix by keyboard; one of stock that moved meanwhile is refused with what is there now', async () => {
  await using visitor = await visit(browser, system, '/app/stock');
  const { page } = visitor;
  const { placeId, onHand } = await levelOf('1', 'Nantes');
  await page.getByTestId('stock-search').fill('cafe kenya');
  await cell(page, '1', placeId).click(patience);
  const form = page.getByTestId('count-form');
  expect(await form.getByTestId('expected').innerText()).toBe(String(onHand));
  await form.getByLabel('Quantité comptée').fill('beaucoup');
  await form.getByLabel('Quantité comptée').press('Enter');
  await form.getByText('Entrez un nombre entier', { exact: false }).waitFor();
  await count('1', placeId, 41);
  await form.getByLabel('Quantité comptée').fill('40');
  await form.getByLabel('Quantité comptée').press('Enter');
  const stale = form.getByTestId('stale');
  await stale.getByText(/41 en rayon/).waitFor(patience);
  await expectAccessible(page);
  expect((await levelOf('1', 'Nantes')).onHand).toBe(41);

  await stale.getByRole('button', { name: 'Recompter' }).press('Enter');
  await form.getByLabel('Quantité comptée').fill('40');
  await form.getByLabel('Quantité comptée').press('Enter');
  await form.waitFor({ state: 'hidden', ...patience });
  await cell(page, '1', placeId).getByText('40', { exact: true }).waitFor(patience);
  expect(await cell(page, '1', placeId).evaluate((node) => node === document.activeElement)).toBe(true);
});

test('the ledger of a product gains a line when it is counted', async () => {
  await using visitor = await visit(browser, system, '/app/stock/5');
  const { page } = visitor;
  await page.getByTestId('movement').first().waitFor(patience);
  const before = await page.getByTestId('movement').count();
  const { placeId, onHand } = await levelOf('5', 'Lille');
  await count('5', placeId, onHand + 7);
  await page.getByTestId('movement').filter({ hasText: 'Comptage' }).getByText('+7').waitFor(patience);
  expect(await page.getByTestId('movement').count()).toBe(before + 1);
});

test('the ledger is exported to its end, past what was loaded, and its place is kept as a view', async () => {
  await using visitor = await visit(browser, system, '/app/stock/6');
  const { page } = visitor;
  const { placeId } = await levelOf('6', 'Lille');
  for (let quantity = 1; quantity <= 103; quantity += 1) await count('6', placeId, quantity);
  await page.reload();
  await page.getByTestId('movement').first().waitFor(patience);
  expect(await page.getByTestId('movement').count()).toBe(100);
  const whole = await exportList(page);
  const { data } = await ask(system.url, '{ stockMovements(productId: "6", first: 1) { totalCount } }');
  expect(whole.lines).toHaveLength(data.stockMovements.totalCount + 1);
  await page.getByLabel('Lieu affiché').selectOption({ label: 'Comptoir de Lille' });
  await saveAndTakeView(page, 'Chez moi');
  await expect.poll(() => page.url(), patience).toContain(`lieu=${placeId}`);
  await expect.poll(async () => (await exportList(page)).lines.filter((line) => /Lille/.test(line)).length, patience).toBe(104);
});

test.each(devices)('%s: nothing is wider than the screen, and axe finds nothing serious', async (_device, options) => {
  await using visitor = await visit(browser, system, '/app/stock', options);
  const { page, faults } = visitor;
  await page.getByTestId('matrix').getByRole('link').first().waitFor();
  await expectNoWiderThanScreen(page);
  await expectAccessible(page);
  await goTo(page, '/app/stock/1');
  await page.getByTestId('movement').first().waitFor(patience);
  await expectNoWiderThanScreen(page);
  await expectAccessible(page);
  expect(faults).toEqual([]);
});
