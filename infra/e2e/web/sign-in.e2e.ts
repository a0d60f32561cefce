import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type System, startSystem } from '../system.ts';
import { launchBrowser } from './browser.ts';
import { devices, expectAccessible, expectNoWiderThanScreen, live } from './visit.ts';

let system: System;
let browser: Browser;
beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem(), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await system?.[Symbol.asyncDispose]();
});

async function door(options: { width?: number; height?: number; colorScheme?: 'light' | 'dark' } = {}): Promise<Page> {
  const { width = 1280, height = 800, colorScheme = 'light' } = options;
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, locale: 'fr-FR', reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(new URL('/app/commandes', system.url).href);
  await page.getByRole('heading', { name: 'Connexion' }).waitFor();
  return page;
}

async function signIn(page: Page, login: string, password: string): Promise<void> {
  await page.getByLabel('Identifiant').fill(login);
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Ouvrir' }).click();
}

test('somebody of the staff signs in, comes in where the address leads, stays over a reload, and signs out', async () => {
  const page = await door();
  await page.getByRole('button', { name: 'Utiliser ce compte' }).click();
  await page.getByRole('button', { name: 'Ouvrir' }).click();
  await live(page);
  expect(new URL(page.url()).pathname).toBe('/app/commandes');
  await page.reload();
  await live(page);
  await page.getByTestId('account').click();
  await page.getByText('Ada Exemple').last().waitFor();
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await page.getByRole('heading', { name: 'Connexion' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Connexion' }).waitFor();
  await page.context().close();
});

test('what is missing or wrong is said at its field, and no more than that', async () => {
  const page = await door();
  await page.getByRole('button', { name: 'Ouvrir' }).click();
  await page.getByText('Entrez votre identifiant.').waitFor();
  await signIn(page, 'caisse', 'not the password');
  await page.getByText('Identifiant ou mot de passe incorrect.').waitFor();
  await signIn(page, 'nobody-at-all', 'not the password');
  await page.getByText('Identifiant ou mot de passe incorrect.').waitFor();
  await signIn(page, 'caisse', 'comptoir-demo-3');
  await live(page);
  await page.context().close();
});

test('a key opens the door as well, and one that is not known does not', async () => {
  const page = await door();
  await page.getByRole('button', { name: 'Se connecter avec une clé' }).click();
  await page.getByLabel('Clé d’accès').fill('not-a-key');
  await page.getByRole('button', { name: 'Ouvrir' }).click();
  await page.getByText('Cette clé n’est pas connue', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Utiliser cette clé' }).click();
  await page.getByRole('button', { name: 'Ouvrir' }).click();
  await live(page);
  await page.context().close();
});

test.each(devices)('%s: the door is no wider than the screen, and axe finds nothing serious', async (_device, options) => {
  const page = await door(options);
  await expectNoWiderThanScreen(page);
  await expectAccessible(page);
  await page.context().close();
});
