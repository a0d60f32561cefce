import { connect } from 'amqplib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, facadeKey } from '../graph.ts';
import { createResources } from '../resources.ts';
import { type System, startSystem } from '../system.ts';
import { launchBrowser } from './browser.ts';
import {
  devices,
  expectAccessible,
  expectNoTallerThanScreen,
  expectNoWiderThanScreen,
  exportList,
  saveAndTakeView,
  visit,
} from './visit.ts';

const resources = createResources();
let system: System;
let browser: Browser;

beforeAll(async () => {
  system = resources.use(await startSystem());
  browser = await launchBrowser();
  resources.defer(() => browser.close());
});
afterAll(() => resources[Symbol.asyncDispose]());

async function poison(body: string, queue = 'task_queue_mul') {
  const connection = await connect(system.broker.url, { noDelay: true });
  const channel = await connection.createConfirmChannel();
  channel.sendToQueue(queue, Buffer.from(body));
  await channel.waitForConfirms();
  await connection.close();
}

test('services, broker and queues are shown as they are', async () => {
  await using visitor = await visit(browser, system, '/app/exploitation');
  const { page, faults } = visitor;
  await expect.poll(() => page.getByTestId('gateway-state').innerText(), { timeout: 15_000 }).toContain('prêt à servir');
  await expect.poll(() => page.getByTestId('broker-state').innerText(), { timeout: 15_000 }).toContain('joignable');
  for (const name of ['accounts', 'compute', 'task_queue_add', 'result_queue', 'worker_div_1'])
    await page.getByText(name, { exact: true }).first().waitFor();
  await expectAccessible(page);
  expect(faults).toEqual([]);
});

test('a poisoned message appears by itself, is mended and replayed', async () => {
  await using visitor = await visit(browser, system, '/app/exploitation');
  const { page } = visitor;
  await page.mouse.move(0, 0); // under the pointer no row would move
  await poison('{"n1": "6", "n2": 7, "request_id": "from-the-screen"}');
  await page.getByTestId('letter').filter({ hasText: 'task_queue_mul' }).first().click({ timeout: 15_000 });
  const letter = page.getByTestId('letter-detail');
  await letter.getByText('n1 must be number').first().waitFor();
  await expectAccessible(page);
  await letter.getByRole('button', { name: /corrig/i }).click();
  await page.getByRole('textbox', { name: /corps|message|corrig/i }).fill('{"n1": 6, "n2": 7, "request_id": "from-the-screen"}');
  await page
    .getByRole('button', { name: /rejouer|renvoyer/i })
    .last()
    .click();
  const task = async () => (await ask(system.url, '{ task(id: "from-the-screen") { results { text } } }')).data.task?.results;
  await expect.poll(task, { timeout: 15_000 }).toEqual([{ text: '42' }]);
});

test('the letters of one service can be shown alone', async () => {
  await using visitor = await visit(browser, system, '/app/exploitation');
  const { page } = visitor;
  await page.mouse.move(0, 0);
  await poison('not a product', 'commandes_produit_events');
  const letters = page.getByTestId('letter');
  await letters.filter({ hasText: 'commandes_produit_events' }).first().waitFor({ timeout: 15_000 });
  await poison('not a task');
  await letters.filter({ hasText: 'task_queue_mul' }).first().waitFor({ timeout: 15_000 });
  await page.getByLabel('Service', { exact: true }).selectOption('orders');
  await expect.poll(async () => (await letters.allInnerTexts()).map((text) => /orders/.test(text))).toEqual([true]);
  expect(new URL(page.url()).searchParams.get('service')).toBe('orders');
  await letters.first().click();
  await page.getByTestId('letter-detail').getByText('orders', { exact: true }).waitFor();
  await expectAccessible(page);
  await saveAndTakeView(page, 'Commandes refusées');
  // What is read is no part of a view.
  await expect.poll(() => new URL(page.url())).toMatchObject({ search: '?service=orders', hash: '' });
  await expect.poll(() => letters.count()).toBe(1);
  const { file, lines } = await exportList(page);
  expect(file).toMatch(/^lettres-mortes-.*\.csv$/);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatch(/;orders;commandes_produit_events;.*;NEW;.*;not a product;/);
});

test('a letter that is replayed stays with its reader, leaves those to deal with after, and comes again where it fails again', async () => {
  await using visitor = await visit(browser, system, '/app/exploitation?lettres=a-traiter&service=compute');
  const { page } = visitor;
  await page.mouse.move(0, 0);
  await poison('{"n1": 6, "n2": "7", "request_id": "fails-again"}');
  await poison('{"n1": "6", "n2": 7, "request_id": "is-understood"}');
  const letters = page.getByTestId('letter');
  const replayed = letters.and(page.locator('[data-state="REPLAYED"]'));
  const mend = async (reason: string, body: string) => {
    await letters.filter({ hasText: reason }).press('Enter', { timeout: 15_000 });
    await page.getByTestId('letter-detail').getByRole('heading', { name: reason }).waitFor();
    await page.getByRole('button', { name: 'Corriger et rejouer' }).press('Enter');
    await page.getByRole('textbox', { name: 'Corps corrigé' }).fill(body);
    await page.getByRole('button', { name: 'Rejouer le corps corrigé' }).press('Enter');
    await page.getByTestId('letter-detail').getByText('Rejouée', { exact: true }).waitFor({ timeout: 15_000 });
  };
  await mend('n1 must be number', '{"n1": 6, "n2": 7, "request_id": "is-understood"}');
  expect(await replayed.getAttribute('aria-pressed')).toBe('true');
  await mend('n2 must be number', '{"n1": "6", "n2": 7, "request_id": "fails-again"}');
  await page.getByTestId('letter-detail').getByRole('heading', { name: 'n1 must be number' }).waitFor({ timeout: 15_000 });
  await expect.poll(() => replayed.count(), { timeout: 15_000 }).toBe(0);
});

test('the dead letters of a phone are read one at a time', async () => {
  await using visitor = await visit(browser, system, '/app/exploitation', { width: 390, height: 844 });
  const { page } = visitor;
  await page.mouse.move(0, 0);
  await poison('not a task');
  await page.getByTestId('letter').first().click({ timeout: 15_000 });
  await expect.poll(() => page.getByTestId('letter').first().isVisible()).toBe(false);
  await expectNoWiderThanScreen(page);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Retour à la liste' }).click();
  await page.getByTestId('letter').first().waitFor();
});

test('a key without the right sees no way to purge', async () => {
  await using visitor = await visit(browser, system, '/app/exploitation', { key: facadeKey });
  await visitor.page.getByText('Lettres mortes').first().waitFor();
  expect(await visitor.page.getByTestId('purge').count()).toBe(0);
});

const gatewayView = '/app/exploitation?vue=passerelle';

test('an administrator sees the gateway as it is, live, and clears its cache', async () => {
  await using visitor = await visit(browser, system, gatewayView);
  const { page, faults } = visitor;
  const breakers = page.getByTestId('breakers');
  expect(await page.getByRole('radio', { name: 'Passerelle' }).count()).toBe(1);
  await breakers.locator('[data-service="inventory"][data-state="closed"] [data-healthy="true"]').waitFor({ timeout: 15_000 });
  await expect.poll(() => page.getByTestId('edge-instance').innerText()).toMatch(/^gateway-/);
  const asProgram = () => fetch(new URL('/api/v1/products', system.url), { headers: { 'x-api-key': facadeKey } });
  expect((await asProgram()).status).toBe(200);
  const thisHour = page.locator('[data-consumer="payetonkawa"]').getByRole('meter').nth(1);
  const used = async () => Number(await thisHour.getAttribute('aria-valuenow'));
  await thisHour.waitFor({ timeout: 15_000 });
  await expect.poll(() => page.getByTestId('cache-keys').innerText(), { timeout: 15_000 }).not.toBe('0');
  const before = await used();
  await asProgram();
  await expect.poll(used, { timeout: 15_000 }).toBeGreaterThan(before);
  await expectAccessible(page);
  await page.getByTestId('clear-cache').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Vider le cache' }).click();
  await expect.poll(() => page.getByTestId('cache-keys').innerText(), { timeout: 15_000 }).toBe('0');
  await page.getByRole('link', { name: 'Clés et limites' }).click();
  await expect.poll(() => new URL(page.url()).pathname).toBe('/app/comptes/cles');
  expect(faults).toEqual([]);
});

test('nobody else sees it', async () => {
  await using visitor = await visit(browser, system, gatewayView, { key: facadeKey });
  await visitor.page.getByText('Lettres mortes').first().waitFor();
  expect(await visitor.page.getByRole('radio', { name: 'Passerelle' }).count()).toBe(0);
  expect(await visitor.page.getByTestId('edge').count()).toBe(0);
});

test.each(devices)('the gateway is readable on a %s', async (_name, device) => {
  await using visitor = await visit(browser, system, gatewayView, device);
  await visitor.page.getByTestId('breakers').waitFor({ timeout: 15_000 });
  await expectNoWiderThanScreen(visitor.page);
  // On a phone the page itself is scrolled.
  if (device.width > 390) await expectNoTallerThanScreen(visitor.page);
  await expectAccessible(visitor.page);
});
