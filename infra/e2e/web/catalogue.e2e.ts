import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../graph.ts';
import { createResources } from '../resources.ts';
import { type System, startSystem } from '../system.ts';
import { launchBrowser } from './browser.ts';
import { clearFilters, devices, expectAccessible, expectNoWiderThanScreen, exportList, goTo, saveAndTakeView, visit } from './visit.ts';

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
const names = (page: Page) => page.getByTestId('products').getByRole('link').allInnerTexts();

test('a search forgives accents and typing errors, and is kept in the address', async () => {
  await using visitor = await visit(browser, system, '/app/catalogue');
  const { page, faults } = visitor;
  for (const typed of ['Café Kenya', 'cafe kenya', 'CAFE KENIA']) {
    await page.getByTestId('catalogue-search').fill(typed);
    await expect.poll(async () => (await names(page))[0], patience).toContain('Café Kenya');
  }
  await expect.poll(() => decodeURIComponent(page.url()).replaceAll('+', ' '), patience).toContain('CAFE KENIA');
  await page.reload();
  await expect.poll(() => page.getByTestId('catalogue-search').inputValue(), patience).toBe('CAFE KENIA');
  await expect.poll(async () => (await names(page))[0], patience).toContain('Café Kenya');
  await page.getByTestId('catalogue-search').fill('qwzxqwzx');
  await page.getByText('Aucun produit ne correspond.').waitFor(patience);
  await expectAccessible(page);
  expect(faults).toEqual([]);
});

test('products are narrowed by department, price and availability; a price that is none is said to be none', async () => {
  await using visitor = await visit(browser, system, '/app/catalogue');
  const { page } = visitor;
  await page
    .getByTestId('category-filter')
    .getByRole('button', { name: /^Cafés/ })
    .click(patience);
  await page.getByLabel('Prix maximum').fill('15');
  await page.getByText('En stock', { exact: true }).click();
  await page.getByLabel('Trier par').selectOption('plus-chers');
  // A price is in the address, and asked for, a moment after it was typed.
  const narrowed = () => Object.fromEntries(new URL(page.url()).searchParams);
  await expect.poll(narrowed, patience).toMatchObject({ max: '15', stock: 'en-stock', tri: 'plus-chers' });
  await expect
    .poll(async () => {
      const prices = await page.getByTestId('products').locator('[data-column="price"]').allInnerTexts();
      return prices.length > 0 && prices.every((price) => Number(price.replace(',', '.').replace(/[^\d.]/g, '')) <= 15);
    }, patience)
    .toBe(true);
  const { file, lines } = await exportList(page);
  expect(file).toMatch(/^catalogue-.*\.csv$/);
  await expect.poll(async () => Number.parseInt(await page.getByTestId('product-count').innerText(), 10), patience).toBe(lines.length - 1);
  await saveAndTakeView(page, 'Petits cafés');
  await expect.poll(() => page.getByLabel('Prix maximum').inputValue(), patience).toBe('15');
  expect(await page.getByLabel('Trier par').inputValue()).toBe('plus-chers');
  await page.route('**/graphql', (route) => route.abort());
  await page.getByTestId('export').click();
  await page.getByTestId('notice').getByText('La liste n’a pas pu être exportée.', { exact: false }).waitFor(patience);
  await page.unroute('**/graphql');
  await page.getByLabel('Prix minimum').fill('douze');
  await page.getByText('Entrez un prix, par exemple 12,50.').waitFor();
});

test('a product is changed by one and looked at by another: the later writer is told, and loses nothing', async () => {
  await using visitor = await visit(browser, system, '/app/catalogue/5');
  const { page } = visitor;
  await page.getByTestId('levels').waitFor(patience);
  await page.getByLabel('Prix de vente TTC').fill('21,50');
  await ask(system.url, 'mutation { updateProduct(id: "5", input: { name: "Café du soir 1 kg" }) { __typename } }');
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await page.getByText('Quelqu’un d’autre a modifié ce produit entre-temps.').waitFor(patience);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Garder ma saisie et enregistrer' }).click();
  await expect
    .poll(async () => (await ask(system.url, '{ product(id: "5") { price { amount } } }')).data.product.price.amount, patience)
    .toBe('21.50');
});

test('suppliers and categories are exported whole, a category with those it stands in', async () => {
  await using visitor = await visit(browser, system, '/app/catalogue/fournisseurs');
  const { page } = visitor;
  const suppliers = await exportList(page);
  const { data } = await ask(system.url, '{ suppliers { id } categories(all: true) { id } }');
  expect([suppliers.file, suppliers.lines.length]).toEqual([expect.stringMatching(/^fournisseurs-/), data.suppliers.length + 1]);
  await goTo(page, '/app/catalogue/categories');
  const categories = await exportList(page);
  expect([categories.file, categories.lines.length]).toEqual([expect.stringMatching(/^categories-/), data.categories.length + 1]);
  expect(categories.lines.filter((line) => line.includes('Cafés > Cafés moulus'))).toHaveLength(1);
});

test('filters that leave no product are cleared by a press', async () => {
  await using visitor = await visit(browser, system, '/app/catalogue?q=qqqqzzzz&max=20');
  const { page } = visitor;
  await clearFilters(page, 'Aucun produit ne correspond.');
  await page.getByTestId('products').getByRole('link').first().waitFor(patience);
  expect(await page.getByLabel('Prix maximum').inputValue()).toBe('');
});

test.each(devices)('%s: nothing is wider than the screen, and axe finds nothing serious', async (_device, options) => {
  await using visitor = await visit(browser, system, '/app/catalogue', options);
  const { page, faults } = visitor;
  await page.getByTestId('products').getByRole('link').first().waitFor();
  await expectNoWiderThanScreen(page);
  await expectAccessible(page);
  for (const [path, sign] of [
    ['/app/catalogue/1', 'Repères'],
    ['/app/catalogue/categories', 'Nouvelle catégorie'],
    ['/app/catalogue/fournisseurs', 'Délai'],
  ] as const) {
    await goTo(page, path);
    await page.getByText(sign).first().waitFor(patience);
    await expectNoWiderThanScreen(page);
    await expectAccessible(page);
  }
  expect(faults).toEqual([]);
});
