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

/** Fills in the form by keyboard alone: what is found first is taken with Enter. */
async function fillIn(page: Page, { customer, products, pay }: { customer: string; products: readonly string[]; pay: string }) {
  const pick = async (finder: string, text: string) => {
    const field = page.getByTestId(finder);
    await field.fill(text);
    await page.locator('[role="listbox"]:visible').getByTestId('option').filter({ hasText: text }).first().waitFor(patience);
    await field.press('Enter');
  };
  await pick('customer-finder', customer);
  for (const product of products) await pick('product-finder', product);
  await page.getByLabel('Adresse de livraison').fill('1 rue du Port\n59000 Lille');
  await page.getByTestId(`pay-${pay}`).check({ force: true });
}

const right = (box: { readonly x: number; readonly width: number } | null) => (box === null ? Number.NaN : box.x + box.width);
const status = (page: Page, name: string) => page.getByTestId('order').and(page.locator(`[data-status="${name}"]`));
const confirm = async (page: Page, action: string, answer: string) => {
  await page.getByTestId(`order-${action}`).click(patience);
  await page.getByRole('dialog').getByRole('button', { name: answer }).click();
};

test('an order is placed, leads to its saga, is shipped, delivered and refunded, each live on its page', async () => {
  await using visitor = await visit(browser, system, '/app/commandes');
  const { page, faults } = visitor;
  await page.getByText('Aucune commande pour l’instant.').waitFor();
  await page.getByRole('link', { name: 'Nouvelle commande' }).click();
  await fillIn(page, { customer: 'Martin', products: ['Café Kenya', 'Café du matin'], pay: 'card' });
  await expectAccessible(page);
  await page.getByTestId('submit-order').click();
  await page.getByTestId('saga-state').and(page.locator('[data-state="COMPLETED"]')).waitFor(patience);
  await page.getByTestId('saga').getByRole('link', { name: 'Commande n° 1' }).click();

  await status(page, 'CONFIRMED').waitFor(patience);
  expect(await page.getByTestId('order-lines').innerText()).toMatch(/Café Kenya[\s\S]*Café du matin/);
  expect(await page.getByTestId('order-payment').innerText()).toContain('encaissé');
  expect(await page.getByTestId('order-customer').innerText()).toContain('Martin');
  await expectAccessible(page);
  await page.getByTestId('order-ship').click();
  await page.getByLabel('N° de suivi').fill('6A12345678');
  await page.getByRole('dialog').getByRole('button', { name: 'Expédier' }).click();
  await page.getByTestId('order-shipment').getByText('6A12345678').waitFor(patience);
  await confirm(page, 'deliver', 'Marquer livrée');
  await status(page, 'DELIVERED').waitFor(patience);
  await confirm(page, 'refund', 'Rembourser');
  await page.getByTestId('order-payment').getByText('remboursé', { exact: true }).waitFor(patience);
  await page.getByTestId('order-saga').first().getByText('REFUND_PAYMENT').waitFor(patience);
  expect(await page.getByTestId('order-refund').count()).toBe(0);
  expect(faults).toEqual([]);
});

test('a declined card leaves a cancelled order that says why; cancelling a paid one gives the money back', async () => {
  await using visitor = await visit(browser, system, '/app/commandes/nouvelle');
  const { page } = visitor;
  await fillIn(page, { customer: 'Martin', products: ['Café Kenya'], pay: 'declined' });
  await page.getByTestId('submit-order').click();
  await page.getByTestId('saga-state').and(page.locator('[data-state="COMPENSATED"]')).waitFor(patience);
  await page
    .getByTestId('saga')
    .getByRole('link', { name: /Commande n°/ })
    .click();
  await status(page, 'CANCELLED').waitFor(patience);
  await page.getByTestId('order-payment').getByText('La banque refuse la carte.').waitFor();

  await goTo(page, '/app/commandes/nouvelle');
  await page.getByTestId('random-order').click();
  // The customer of the order before is still chosen; the lines are new.
  await expect.poll(() => page.getByTestId('draft-total').innerText(), patience).not.toMatch(/^0,00/);
  await page.getByTestId('pay-card').check({ force: true });
  await page.getByTestId('submit-order').click();
  await page
    .getByTestId('saga')
    .getByRole('link', { name: /Commande n°/ })
    .click(patience);
  await status(page, 'CONFIRMED').waitFor(patience);
  await confirm(page, 'cancel', 'Annuler la commande');
  await status(page, 'CANCELLED').waitFor(patience);
  await page.getByTestId('order-payment').getByText('remboursé', { exact: true }).waitFor(patience);
  await page.getByTestId('order-saga').first().getByText('RESTOCK').waitFor();
});

test('what is missing is said at its field, and nothing typed is lost', async () => {
  await using visitor = await visit(browser, system, '/app/commandes/nouvelle');
  const { page } = visitor;
  await page.getByLabel('Adresse de livraison').fill('1 rue du Port');
  await page.getByTestId('submit-order').click();
  await page.getByText('Choisissez un client.').waitFor();
  await page.getByText('Ajoutez au moins un article.').waitFor();
  expect(await page.getByTestId('customer-finder').evaluate((field) => field === document.activeElement)).toBe(true);
  await page.reload();
  expect(await page.getByLabel('Adresse de livraison').inputValue()).toBe('1 rue du Port');
});

test('orders of another place appear by themselves, and only those of the state asked for', async () => {
  await using visitor = await visit(browser, system, '/app/commandes?etat=en-attente');
  const { page } = visitor;
  await page.getByText('Aucune commande ne correspond.').waitFor();
  const input = { customerId: '2', lines: [{ productId: '1', quantity: 3, unitPriceMinor: 1_250 }] };
  await ask(system.url, 'mutation ($input: CreateOrderInput!) { createOrder(input: $input) { __typename } }', { input });
  await page.getByTestId('orders').locator('[data-state="PENDING"]').getByText(/37,50/).waitFor(patience);
  const { file, lines } = await exportList(page);
  expect([file, lines.length, lines[1]]).toEqual([
    expect.stringMatching(/^commandes-.*\.csv$/),
    2,
    expect.stringMatching(/;PENDING;2;.*;3;37,50;EUR;/),
  ]);
  await saveAndTakeView(page, 'À traiter');
  await expect.poll(() => page.url(), patience).toMatch(/\?etat=en-attente$/);
});

test('a customer without an order: nothing matches, and all orders are a press away', async () => {
  await using visitor = await visit(browser, system, '/app/commandes?client=999');
  const { page, faults } = visitor;
  await page.getByTestId('customer-filter').getByText('Client : n° 999').waitFor(patience);
  await clearFilters(page, 'Aucune commande ne correspond.');
  await page.getByTestId('orders').getByRole('link').first().waitFor(patience);
  expect(faults).toEqual([]);
});

test.each([390, 1280])('at %i pixels Tab goes through a new order line by line, as it is read', async (width) => {
  await using visitor = await visit(browser, system, '/app/commandes/nouvelle', { width, height: 844 });
  const { page } = visitor;
  await fillIn(page, { customer: 'Martin', products: ['Café Kenya', 'Café du matin'], pay: 'card' });
  await page.getByTestId('draft-line').nth(1).waitFor();
  const focused = () =>
    page.evaluate(() => {
      const { top, bottom, left } = (document.activeElement as Element).getBoundingClientRect();
      return { top: top + scrollY, bottom: bottom + scrollY, left };
    });
  const last = page.getByTestId('draft-line').last().getByRole('button', { name: 'Retirer' });
  await page.getByTestId('chosen-customer').getByRole('button').focus();
  for (let before = await focused(); !(await last.evaluate((button) => button === document.activeElement)); ) {
    await page.keyboard.press('Tab');
    // What is proposed must be there: what scrolls could be next for Tab.
    await page.locator('[role="combobox"]:focus[aria-expanded="false"]').waitFor({ state: 'detached' });
    const now = await focused();
    expect(now.top >= before.bottom || (now.bottom > before.top && now.left > before.left)).toBe(true);
    before = now;
  }
});

test.each(devices)('%s: nothing is wider than the screen, and axe finds nothing serious', async (_device, options) => {
  await using visitor = await visit(browser, system, '/app/commandes', options);
  const { page, faults } = visitor;
  await page.getByTestId('orders').getByRole('link').first().waitFor();
  for (const path of ['/app/commandes', '/app/commandes/1', '/app/commandes/nouvelle']) {
    if (!page.url().endsWith(path)) await goTo(page, path);
    await page
      .getByTestId(path.endsWith('1') ? 'timeline' : path.endsWith('e') ? 'submit-order' : 'orders')
      .first()
      .waitFor();
    await expectNoWiderThanScreen(page);
    await expectAccessible(page);
  }
  await goTo(page, '/app/commandes?etat=annulees');
  const chosen = page.locator('label[data-checked="true"]').filter({ hasText: 'Annulées' });
  await expect.poll(async () => right(await chosen.boundingBox()), patience).toBeLessThanOrEqual(options.width);
  expect(faults).toEqual([]);
});
