import { randomUUID } from 'node:crypto';
import { newSagaId } from '@comptoir/sagas/domain/saga-id.ts';
import { sagaStartQueue } from '@comptoir/schema/topology.ts';
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
  // What has to succeed is given up after some seconds, so that a saga can fail while somebody looks.
  const env = { SAGAS_COMPENSATION_TIME_SCALE: '0.008', PAYMENT_TIMEOUT_MS: '200' };
  system = resources.use(await startSystem({ env }));
  browser = await launchBrowser();
  resources.defer(() => browser.close());
});
afterAll(() => resources[Symbol.asyncDispose]());

const patience = { timeout: 30_000 };

async function order(customerId: string, paymentMethod = 'card'): Promise<string> {
  const input = { customerId, lines: [{ productId: '1', quantity: 2 }], shippingAddress: '1 rue du Port, 59000 Lille', paymentMethod };
  const { data, errors } = await ask(
    system.url,
    'mutation ($input: StartOrderProcessingInput!) { startOrderProcessing(input: $input) { ... on OrderProcessingStarted { saga { id } } } }',
    { input },
  );
  expect(errors).toEqual([]);
  return data.startOrderProcessing.saga.id;
}

const row = (page: Page, id: string) => page.locator(`[data-testid="sagas"] [data-id="${id}"]`);
const steps = (page: Page, direction: 'FORWARD' | 'COMPENSATION') =>
  page
    .locator(`[data-testid="saga-step"][data-direction="${direction}"]`)
    .evaluateAll((lines) => lines.map((line) => `${line.getAttribute('data-step')} ${line.getAttribute('data-status')}`));

/** Whatever is written to it is lost by a new load of the page. */
const mark = (page: Page) => page.evaluate(() => Object.assign(globalThis, { notReloaded: true }));
const expectNotReloaded = async (page: Page) => expect(await page.evaluate(() => 'notReloaded' in globalThis)).toBe(true);

/** The provider hears nothing until `wake`. */
async function sleepingProvider(): Promise<{ wake(): void }> {
  const pid = (await system.processes())['payment-provider'] ?? 0;
  process.kill(pid, 'SIGSTOP');
  const wake = () => process.kill(pid, 'SIGCONT');
  resources.defer(wake);
  return { wake };
}

test('an order that succeeds appears in the list and ends there; its timeline has the five documented steps', async () => {
  await using visitor = await visit(browser, system, '/app/sagas');
  const { page, faults } = visitor;
  await page.getByText('Aucune saga pour l’instant.').waitFor();
  await expectAccessible(page);
  await mark(page);
  const id = await order('1');
  await row(page, id).and(page.locator('[data-state="COMPLETED"]')).waitFor(patience);
  await expect.poll(() => page.getByTestId('count-terminees').innerText(), patience).toBe('1');
  await row(page, id).getByRole('link').click();
  await expect
    .poll(() => steps(page, 'FORWARD'), patience)
    .toEqual(['CHECK_STOCK SUCCESS', 'RESERVE_STOCK SUCCESS', 'CREATE_ORDER SUCCESS', 'PROCESS_PAYMENT SUCCESS', 'CONFIRM_ORDER SUCCESS']);
  expect(await steps(page, 'COMPENSATION')).toEqual([]);
  await expectNotReloaded(page);
  await expectAccessible(page);
  expect(faults).toEqual([]);
});

test('an order of nobody is undone while it is watched, and says why in the words of its reader', async () => {
  await using visitor = await visit(browser, system, '/app/sagas');
  const { page } = visitor;
  await mark(page);
  const id = await order('99999');
  await row(page, id).getByRole('link').click(patience);
  await page.getByTestId('saga-state').and(page.locator('[data-state="COMPENSATED"]')).waitFor(patience);
  expect(await steps(page, 'FORWARD')).toEqual([
    'CHECK_STOCK SUCCESS',
    'RESERVE_STOCK SUCCESS',
    'CREATE_ORDER FAILURE',
    'PROCESS_PAYMENT SKIPPED',
    'CONFIRM_ORDER SKIPPED',
  ]);
  expect(await steps(page, 'COMPENSATION')).toEqual(['RELEASE_STOCK SUCCESS']);
  expect(await page.getByTestId('saga-error').innerText()).toMatch(/Créer la commande.*Ce client n’existe pas\.\s*n°\s99999$/);
  await expectNotReloaded(page);
});

test('a saga that failed asks for an operator, and goes on from the page once what was in its way is gone', async () => {
  const sold = await order('2');
  const sagaOf = async (id: string) =>
    (await ask(system.url, 'query ($id: ID!) { saga(id: $id) { state order { id cancellationSaga { id } } } }', { id })).data.saga;
  await expect.poll(async () => (await sagaOf(sold)).state, patience).toBe('COMPLETED');
  const orderId = (await sagaOf(sold)).order.id;
  const provider = await sleepingProvider();
  await ask(system.url, 'mutation ($id: ID!) { cancelOrder(id: $id) { __typename } }', { id: orderId });
  const { cancellationSaga } = (await sagaOf(sold)).order;

  await using visitor = await visit(browser, system, '/app/sagas');
  const { page } = visitor;
  await page.getByTestId('count-en-echec').getByText('1').waitFor(patience);
  await page.getByRole('radio', { name: 'En échec' }).check({ force: true });
  await row(page, cancellationSaga.id).getByText('à traiter').waitFor(patience);
  const { file, lines } = await exportList(page);
  expect([file, lines.length, lines[1]]).toEqual([
    expect.stringMatching(/^sagas-.*\.csv$/),
    2,
    expect.stringMatching(`^${cancellationSaga.id};order-cancellation;FAILED;`),
  ]);
  await saveAndTakeView(page, 'En panne');
  await row(page, cancellationSaga.id).getByText('à traiter').waitFor(patience);
  await row(page, cancellationSaga.id).getByRole('link').click();
  await page.getByTestId('saga-error').getByText('réglez ce qui la bloque', { exact: false }).waitFor();
  await expectAccessible(page);

  provider.wake();
  await page.getByTestId('saga-retry').click();
  const asked = page.getByRole('dialog', { name: 'Réessayer cette saga ?' });
  await asked.getByRole('button', { name: 'Réessayer' }).click();
  await page.getByTestId('saga-state').and(page.locator('[data-state="COMPLETED"]')).waitFor(patience);
  expect(await page.getByTestId('saga-retry').count()).toBe(0);
  expect(await steps(page, 'FORWARD')).toEqual(['REFUND_PAYMENT SUCCESS', 'RESTOCK SUCCESS', 'CANCEL_ORDER SUCCESS']);
});

test('a saga is paused, resumed and cancelled by an operator, who is asked each time', async () => {
  const provider = await sleepingProvider();
  const id = await order('3');
  await using visitor = await visit(browser, system, `/app/sagas/${id}`);
  const { page } = visitor;
  const act = async (action: string, answer: string) => {
    await page.getByTestId(`saga-${action}`).click(patience);
    await page.getByRole('dialog').getByRole('button', { name: answer }).click();
  };
  await page.locator('[data-step="PROCESS_PAYMENT"][data-status="RUNNING"]').first().waitFor(patience);
  await act('pause', 'Mettre en pause');
  await page.getByTestId('saga').getByText('en pause').waitFor(patience);
  await act('resume', 'Reprendre');
  await page.getByTestId('saga-pause').waitFor(patience);
  await act('cancel', 'Annuler la saga');
  await page.getByTestId('saga').getByText('annulation demandée').waitFor(patience);
  provider.wake();
  await page.getByTestId('saga-state').and(page.locator('[data-state="COMPENSATED"]')).waitFor(patience);
  expect(await steps(page, 'COMPENSATION')).toEqual(['REFUND_PAYMENT SUCCESS', 'CANCEL_ORDER SUCCESS', 'RELEASE_STOCK SUCCESS']);
});

test('a saga that is promised and has not started shows itself once it has', async () => {
  const id = newSagaId();
  await using visitor = await visit(browser, system, `/app/sagas/${id}`);
  const { page } = visitor;
  await page.getByText('Cette saga n’existe pas.').waitFor(patience);
  const data = { customer_id: 1, lines: [{ product_id: 1, quantity: 1 }], shipping_address: 'Lyon', payment_method: 'card' };
  const content = Buffer.from(JSON.stringify({ saga_id: id, definition: 'order-processing', data }));
  const channel = await system.broker.channel();
  channel.sendToQueue(sagaStartQueue, content, { messageId: randomUUID(), type: 'saga.start', persistent: true });
  await page.getByTestId('saga-state').and(page.locator('[data-state="COMPLETED"]')).waitFor(patience);
  expect(await page.getByText('Cette saga n’existe pas.').count()).toBe(0);
});

test.each(devices)('%s: nothing is wider than the screen, and axe finds nothing serious', async (_device, options) => {
  await using visitor = await visit(browser, system, '/app/sagas', options);
  const { page, faults } = visitor;
  await page.getByTestId('sagas').getByRole('link').first().waitFor();
  await page.getByTestId('diagram').waitFor();
  await expectNoWiderThanScreen(page);
  await expectAccessible(page);
  const [compensated] = (await ask(system.url, '{ sagas(states: [COMPENSATED], first: 1) { nodes { id } } }')).data.sagas.nodes;
  await goTo(page, `/app/sagas/${compensated.id}`);
  await page.getByTestId('timeline').waitFor();
  await page.getByTestId('diagram').waitFor();
  await expectNoWiderThanScreen(page);
  await expectAccessible(page);
  expect(faults).toEqual([]);
});
