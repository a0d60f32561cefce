import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../graph.ts';
import { createResources } from '../resources.ts';
import { type System, startSystem } from '../system.ts';
import { launchBrowser } from './browser.ts';
import {
  borderContrast,
  devices,
  expectAccessible,
  expectNoTallerThanScreen,
  expectNoWiderThanScreen,
  goTo,
  visit,
  visitAsStaff,
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

const patience = { timeout: 30_000 };
const names = (page: Page, list: string) => page.getByTestId(list).getByRole('link').allInnerTexts();
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const box = (page: Page, label: string) => page.getByRole('checkbox', { name: label, exact: true });

test('somebody begins to work: faults stand at their fields, a taken login at its own, the proposed password signs in', async () => {
  await using visitor = await visit(browser, system, '/app/comptes');
  const { page, faults } = visitor;
  await expect.poll(() => names(page, 'staff'), patience).toContain('Camille Exemple');
  await page.getByTestId('new-staff').click();
  await page.getByTestId('save-person').click();
  await page.getByText('Choisissez au moins un rôle.').waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('name');
  await expectAccessible(page);
  await field(page, 'Nom').fill('Zoé Exemple');
  await field(page, 'Identifiant').fill('caisse');
  await box(page, 'Caisse').check();
  await box(page, 'Comptoir de Lyon').check();
  await page.getByTestId('generate-password').click();
  const password = await field(page, 'Premier mot de passe').inputValue();
  await page.getByTestId('save-person').click();
  await page.getByText('Déjà pris.').waitFor(patience);
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('login');
  await field(page, 'Identifiant').fill('zoe');
  await page.getByTestId('save-person').click();
  await page.getByRole('heading', { name: 'Zoé Exemple' }).waitFor(patience);
  await page.getByTestId('latest-events').getByText('compte créé').waitFor(patience);
  const login = 'mutation ($password: String!) { login(login: "zoe", password: $password) { __typename } }';
  expect((await ask(system.url, login, { password })).data.login.__typename).toBe('SignedIn');
  await page.getByTestId('latest-events').getByText('connexion').waitFor(patience);
  expect(faults).toEqual([]);
});

test('the list of staff follows what others do, and keeps search and filters in the address', async () => {
  await using visitor = await visit(browser, system, '/app/comptes/personnel');
  const { page } = visitor;
  await expect.poll(() => names(page, 'staff'), patience).toContain('Daniel Exemple');
  const input = { name: 'Adèle Exemple', login: 'adele', roles: ['ANALYST'], stores: ['2'], password: 'a-long-first-password' };
  const created = await ask(system.url, 'mutation ($input: CreateStaffInput!) { createStaff(input: $input) { __typename } }', { input });
  expect(created.data.createStaff.__typename).toBe('StaffCreated');
  await expect.poll(() => names(page, 'staff'), patience).toContain('Adèle Exemple');
  await page.getByTestId('staff-search').fill('ADELE');
  await expect.poll(() => names(page, 'staff'), patience).toEqual(['Adèle Exemple']);
  await page.getByLabel('Lieu').selectOption('1');
  await page.getByText('Personne ne correspond.').waitFor(patience);
  await page.reload();
  await page.getByText('Personne ne correspond.').waitFor(patience);
  await page.getByLabel('Lieu').selectOption('2');
  await expect.poll(() => names(page, 'staff'), patience).toEqual(['Adèle Exemple']);
});

test('two change one person: the later one chooses; the account is disabled, and not that of the last administrator', async () => {
  await using visitor = await visit(browser, system, '/app/comptes/personnel/5');
  const { page, faults } = visitor;
  await field(page, 'Nom').fill('Daniel D. Exemple', patience);
  await ask(system.url, 'mutation { updateStaff(id: "5", input: { badge: "5005" }) { __typename } }');
  await page.getByTestId('save-person').click();
  await page.getByText('Quelqu’un d’autre a modifié cette fiche entre-temps.').waitFor(patience);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Garder ma saisie et enregistrer' }).click();
  await page.getByRole('heading', { name: 'Daniel D. Exemple' }).waitFor(patience);
  expect(await field(page, 'Badge').inputValue()).toBe('5005');
  await page.getByTestId('staff-disable').click();
  await page.getByText('ses sessions ouvertes se terminent aussitôt').waitFor();
  await expectAccessible(page);
  await page.getByTestId('access-do').click();
  await expect.poll(() => page.getByTestId('person-state').innerText(), patience).toContain('désactivé');
  await page.getByTestId('staff-enable').click();
  await page.getByTestId('access-do').click();
  await expect.poll(() => page.getByTestId('person-state').innerText(), patience).toContain('actif');

  await goTo(page, '/app/comptes/personnel/1');
  await page.getByTestId('staff-disable').click(patience);
  await page.getByTestId('access-do').click();
  await page.getByText('Il ne resterait personne pour administrer le système.').waitFor(patience);
  expect(faults).toEqual([]);
});

test('a role is composed, given, refused to be deleted while somebody has it, and deleted after', async () => {
  await using visitor = await visit(browser, system, '/app/comptes/roles/nouveau');
  const { page, faults } = visitor;
  await field(page, 'Nom').fill('Chef de rayon', patience);
  await box(page, 'Caisse').check();
  await box(page, 'Entrepôt').check();
  await page.getByTestId('save-role').click();
  await page.getByText('Personne n’a ce rôle.').waitFor(patience);
  const id = new URL(page.url()).pathname.split('/').at(-1);
  const give = 'mutation ($roles: [ID!]!) { updateStaff(id: "4", input: { roles: $roles }) { __typename } }';
  await ask(system.url, give, { roles: [id] });
  await page.getByTestId('holders').getByText('Dominique Exemple').waitFor(patience);
  await expectAccessible(page);
  await page.getByTestId('remove-role').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Supprimer le rôle' }).click();
  await page.getByText('Des personnes ont encore ce rôle.').waitFor(patience);
  await ask(system.url, give, { roles: ['CLERK'] });
  await page.getByRole('dialog').getByRole('button', { name: 'Supprimer le rôle' }).click();
  await expect.poll(async () => (await names(page, 'roles')).length, patience).toBe(7);
  expect(faults).toEqual([]);
});

test('a program gets a key, whose secret is shown once and works until the key is revoked', async () => {
  await using visitor = await visit(browser, system, '/app/comptes/cles/nouveau');
  const { page, faults } = visitor;
  await field(page, 'Nom').fill('boutique-en-ligne', patience);
  await box(page, 'Intégration').check();
  await field(page, 'Demandes par minute').fill('42');
  await page.getByTestId('save-consumer').click();
  await page.getByText('Aucune clé.').waitFor(patience);
  await page.getByTestId('issue-key').click();
  await field(page, 'Usage').fill('essai');
  const until = field(page, 'Valable jusqu’au');
  for (const past of ['31/01/2001', 'demain']) {
    await until.fill(past);
    await page.getByTestId('issue-do').click();
    await page.getByText('Une date à venir, dans les dix ans.').waitFor();
    expect(await until.inputValue()).toBe(past);
  }
  await page.getByRole('button', { name: 'Valable jusqu’au : choisir' }).press('Enter');
  const calendar = page.getByRole('dialog', { name: 'choisir dans un calendrier' });
  await calendar.waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await calendar.waitFor({ state: 'detached' });
  await until.fill('');
  await page.getByTestId('issue-do').click();
  const secret = await page.getByTestId('secret').inputValue(patience);
  await page.keyboard.press('Escape');
  await page.getByText('ne sera plus jamais montrée').waitFor();
  await expectAccessible(page);
  await page.getByTestId('secret-done').click();
  const who = async () => (await ask(system.url, '{ me { name limits { perMinute } } }', {}, secret)).data?.me ?? null;
  expect(await who()).toEqual({ name: 'boutique-en-ligne', limits: { perMinute: 42 } });
  const key = page.getByTestId('key');
  await key.getByText('essai').waitFor(patience);
  expect(await page.content()).not.toContain(secret);
  await page.getByTestId('revoke-key').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Révoquer' }).click();
  await key.getByText('révoquée', { exact: true }).waitFor(patience);
  await expect.poll(who, patience).toBeNull();
  await page.getByTestId('back').click();
  await expect.poll(() => names(page, 'consumers'), patience).toContain('boutique-en-ligne');
  await expectAccessible(page);
  expect(faults).toEqual([]);
});

test('the audit log comes by itself, holds still while somebody reads, and says what changed', async () => {
  await using visitor = await visit(browser, system, '/app/comptes/journal?sur=product');
  const { page, faults } = visitor;
  await page.getByText('Rien ne correspond.').waitFor(patience);
  const rename = (name: string) => ask(system.url, `mutation { updateProduct(id: "7", input: { name: "${name}" }) { __typename } }`);
  await rename('Premier nom');
  await expect.poll(() => names(page, 'journal'), patience).toEqual(['produit modifié']);
  await page.getByTestId('journal').hover();
  await rename('Second nom');
  await page.getByTestId('held').getByText('1 nouvelle entrée').waitFor(patience);
  expect((await names(page, 'journal')).length).toBe(1);
  const told = page.getByTestId('journal').getByRole('row').filter({ hasText: 'produit modifié' });
  await expect.poll(() => told.first().innerText()).toMatch(/nom\s:.*→ Premier nom/);
  await page.mouse.move(0, 0);
  await expect.poll(async () => (await names(page, 'journal')).length, patience).toBe(2);
  await page.getByTestId('journal').getByRole('link').first().click();
  const changed = page.getByTestId('changes').locator('[data-field="name"]');
  await expect.poll(() => changed.innerText(), patience).toMatch(/Premier nom[\s\S]*Second nom/);
  await page.getByTestId('back').click();
  await expect.poll(async () => (await names(page, 'journal')).length, patience).toBe(2);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export').click()]);
  expect(download.suggestedFilename()).toMatch(/^journal-.*\.csv$/);

  await page.getByTestId('find-actor').fill('frontend');
  await page.getByRole('option', { name: /frontend-app/ }).click(patience);
  await page.getByText('Rien ne correspond.').waitFor(patience);
  await page.getByTestId('actor-chip').getByText('Par frontend-app').waitFor(patience);
  await page.reload();
  await page.getByTestId('actor-chip').click(patience);
  await expect.poll(async () => (await names(page, 'journal')).length, patience).toBe(2);
  expect(faults).toEqual([]);
});

test('a day is typed as French writes it, or chosen in a calendar by keyboard alone, whatever the browser speaks', async () => {
  await using visitor = await visit(browser, system, '/app/comptes/journal', { locale: 'en-US' });
  const { page, faults } = visitor;
  const since = field(page, 'Depuis le');
  await since.pressSequentially('1/2/2020', patience);
  await since.press('Tab');
  expect(await since.inputValue()).toBe('01/02/2020');
  await expect.poll(() => new URL(page.url()).search).toBe('?du=2020-02-01');
  await page.keyboard.press('Enter');
  const calendar = page.getByRole('dialog', { name: 'choisir dans un calendrier' });
  await calendar.getByText('février 2020').waitFor();
  await expectAccessible(page);
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('1 février 2020');
  for (const key of ['ArrowDown', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
  await expect.poll(() => new URL(page.url()).search).toBe('?du=2020-02-09');
  expect(await since.inputValue()).toBe('09/02/2020');
  await field(page, 'Jusqu’au').fill('8/2/2020');
  await page.getByText('La fin précède le début.').waitFor();
  await field(page, 'Jusqu’au').fill('30/2/2020');
  await since.focus();
  await page.getByText('Une date, comme 31/12/2026.').waitFor();
  expect(await field(page, 'Jusqu’au').inputValue()).toBe('30/2/2020');
  await expectAccessible(page);
  await page.reload();
  await expect.poll(() => since.inputValue(), patience).toBe('09/02/2020');
  expect(faults).toEqual([]);
});

test('a manager sees those of the own stores, may give no more than a manager has, and changes the own password without leaving', async () => {
  await using visitor = await visitAsStaff(browser, system, '/app/comptes', { login: 'gerante', password: 'comptoir-demo-2' });
  const { page, faults } = visitor;
  await expect.poll(() => names(page, 'staff'), patience).toContain('Camille Exemple');
  expect(await names(page, 'staff')).not.toContain('Ada Exemple');
  expect(await page.getByRole('navigation', { name: 'Parties des comptes' }).getByRole('link').allInnerTexts()).toEqual([
    'Personnel',
    'Journal',
  ]);
  await page.getByTestId('new-staff').click();
  await box(page, 'Comptoir de Lille').waitFor(patience);
  expect(await box(page, 'Administration').count()).toBe(0);
  expect(await box(page, 'Comptoir de Lyon').count()).toBe(0);
  await goTo(page, '/app/comptes/cles');
  await page.getByText('Cette page est réservée à l’administration.').waitFor(patience);

  await page.getByTestId('account').click();
  await page.getByTestId('own-account-link').click();
  await page.getByTestId('password-form').waitFor(patience);
  await expectAccessible(page);
  const secret = (name: string) => page.getByTestId('password-form').locator(`input[name="${name}"]`);
  await secret('currentPassword').fill('not my password');
  await secret('newPassword').fill('un tout autre secret');
  await secret('again').fill('un tout autre secret');
  await page.getByTestId('change-password').click();
  await page.getByText('Ce n’est pas votre mot de passe actuel.').waitFor(patience);
  await secret('currentPassword').fill('comptoir-demo-2');
  await page.getByTestId('change-password').click();
  await page.getByTestId('notice').getByText('Mot de passe changé.').waitFor(patience);
  const pin = (name: string) => page.getByTestId('pin-form').locator(`input[name="${name}"]`);
  await pin('pin').fill('7391');
  await pin('currentPassword').fill('un tout autre secret');
  await page.getByTestId('set-pin').click();
  await page.getByTestId('notice').getByText('Code PIN enregistré.').waitFor(patience);
  // The session that the password opened goes on: a reload asks with what it left.
  await goTo(page, '/app/comptes/personnel');
  await expect.poll(() => names(page, 'staff'), patience).toContain('Camille Exemple');
  expect(faults).toEqual([]);
});

test('what a list is narrowed to is saved under a name, taken again later, and forgotten', async () => {
  await using visitor = await visit(browser, system, '/app/comptes?q=exemple&droit=CLERK');
  const { page, faults } = visitor;
  await page.getByTestId('views').click(patience);
  await page.getByTestId('view-name').fill('En caisse');
  await page.getByTestId('save-view').click();
  await expectAccessible(page);
  await goTo(page, '/app/comptes/personnel');
  await expect.poll(async () => (await names(page, 'staff')).length, patience).toBeGreaterThan(3);
  const all = (await names(page, 'staff')).length;
  await page.getByTestId('views').click(patience);
  await page.getByText('Filtrez la liste pour enregistrer une vue.').waitFor();
  await page.getByRole('link', { name: 'En caisse' }).click();
  await expect.poll(async () => (await names(page, 'staff')).length, patience).toBeLessThan(all);
  expect(await page.getByTestId('staff-search').inputValue()).toBe('exemple');
  await page.getByTestId('views').click();
  expect(await page.getByRole('link', { name: 'En caisse' }).getAttribute('aria-current')).toBe('true');
  await page.getByRole('button', { name: 'Oublier la vue En caisse' }).click();
  await page.getByText('Aucune vue enregistrée dans ce navigateur.').waitFor();
  expect(faults).toEqual([]);
});

test.each([
  ['/app/comptes', 'staff', /^personnel-.*\.csv$/],
  ['/app/comptes/roles', 'roles', /^roles-.*\.csv$/],
  ['/app/comptes/cles', 'consumers', /^programmes-.*\.csv$/],
])('the list at %s goes to a spreadsheet', async (path, list, file) => {
  await using visitor = await visit(browser, system, path);
  const { page } = visitor;
  await page.getByTestId(list).getByRole('link').first().waitFor(patience);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export').click()]);
  expect(download.suggestedFilename()).toMatch(file);
});

test('a clerk is led to the own account only', async () => {
  await using visitor = await visitAsStaff(browser, system, '/app/comptes/journal', { login: 'caisse', password: 'comptoir-demo-3' });
  const { page, faults } = visitor;
  await page.getByText('Cette page est réservée à l’administration et à la gérance.').waitFor(patience);
  expect(await page.getByRole('link', { name: 'Comptes' }).count()).toBe(0);
  await page.getByTestId('account').click();
  await page.getByTestId('own-account-link').click();
  await page.getByTestId('pin-state').getByText('Vous avez un code PIN.').waitFor(patience);
  expect(faults).toEqual([]);
});

test.each(devices)('%s: nothing is wider than the screen, and axe finds nothing serious', async (_device, options) => {
  await using visitor = await visit(browser, system, '/app/comptes', options);
  const { page, faults } = visitor;
  await page.getByTestId('staff').getByRole('link').first().waitFor(patience);
  await expectNoWiderThanScreen(page);
  await expectAccessible(page);
  for (const [path, sign] of [
    ['/app/comptes/personnel/3', 'person'],
    ['/app/comptes/roles', 'roles'],
    ['/app/comptes/cles/demo-admin', 'key'],
    ['/app/comptes/moi', 'own-account'],
    ['/app/comptes/journal', 'journal'],
  ] as const) {
    await goTo(page, path);
    await page.getByTestId(sign).first().waitFor(patience);
    await expectNoWiderThanScreen(page);
    await expectAccessible(page);
  }
  // On a phone the page itself is scrolled.
  if (options.width > 390) await expectNoTallerThanScreen(page);
  await page.getByTestId('journal').getByRole('link').first().click(patience);
  await page.getByTestId('entry').waitFor(patience);
  await expectNoWiderThanScreen(page);
  await expectAccessible(page);
  await goTo(page, '/app/comptes/personnel/nouveau');
  expect(await borderContrast(field(page, 'Nom'))).toBeGreaterThanOrEqual(3);
  expect(faults).toEqual([]);
});
