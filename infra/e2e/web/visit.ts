import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { adminKey } from '../graph.ts';
import type { System } from '../system.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A page of a person who has signed in. What the page logs as an error or a warning, or throws, is kept in `faults`. */
export interface Visit extends AsyncDisposable {
  readonly page: Page;
  readonly faults: string[];
}

export interface VisitOptions {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
  /** Of the browser; the page speaks French all the same. */
  readonly locale?: string;
  readonly key?: string;
}

/** With a key. */
export function visit(browser: Browser, system: System, path: string, options: VisitOptions = {}): Promise<Visit> {
  const { key = adminKey } = options;
  return enter(browser, system, path, options, async (page) => {
    await page.getByRole('button', { name: 'Se connecter avec une clé' }).click();
    await page.getByLabel('Clé d’accès').fill(key);
  });
}

/** As somebody of the staff. A person may sign in five times a minute. */
export function visitAsStaff(
  browser: Browser,
  system: System,
  path: string,
  { login, password, ...options }: VisitOptions & { readonly login: string; readonly password: string },
): Promise<Visit> {
  return enter(browser, system, path, options, async (page) => {
    await page.getByLabel('Identifiant').fill(login);
    await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  });
}

async function enter(
  browser: Browser,
  system: System,
  path: string,
  { width = 1280, height = 800, colorScheme = 'light', locale = 'fr-FR' }: VisitOptions,
  showWho: (page: Page) => Promise<void>,
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, locale, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (line) => {
    if (['error', 'warning'].includes(line.type())) faults.push(`${line.text()} at ${line.location().url}`);
  });
  await page.goto(new URL(path, system.url).href);
  await showWho(page);
  await page.getByRole('button', { name: 'Ouvrir' }).click();
  await live(page);
  return { page, faults, [Symbol.asyncDispose]: () => context.close() };
}

/** Runs axe on the page as it is. Fails for each serious or critical finding, naming rule and place. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axeSource);
  const findings = await page.evaluate(async () => {
    const { violations } = await (
      globalThis as never as { axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { target: unknown[] }[] }[] }> } }
    ).axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  });
  expect(findings).toEqual([]);
}

/** A phone, a laptop and a wall screen, in light and dark. */
export const devices = [
  ['phone, light', { width: 390, height: 844, colorScheme: 'light' }],
  ['phone, dark', { width: 390, height: 844, colorScheme: 'dark' }],
  ['laptop, dark', { width: 1280, height: 800, colorScheme: 'dark' }],
  ['wall, light', { width: 2560, height: 1440, colorScheme: 'light' }],
] as const satisfies readonly (readonly [string, VisitOptions])[];

/** Nothing is wider than the screen: a page is read by scrolling down only. */
export async function expectNoWiderThanScreen(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
}

/** The screen is filled and not exceeded: its lists scroll, and the page does not. */
export async function expectNoTallerThanScreen(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)).toBeLessThanOrEqual(0);
}

/** How much the border of a field differs from what it stands on, as WCAG counts it. */
export async function borderContrast(field: Locator): Promise<number> {
  return field.evaluate((element) => {
    const luminance = (colour: string) => {
      const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
        const share = Number(part) / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    let ground: Element | null = element.parentElement;
    while (ground && /^rgba\(.* 0\)$|transparent/.test(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement;
    const [border, behind] = [
      luminance(getComputedStyle(element).borderTopColor),
      luminance(ground ? getComputedStyle(ground).backgroundColor : 'rgb(255, 255, 255)'),
    ];
    return (Math.max(border, behind) + 0.05) / (Math.min(border, behind) + 0.05);
  });
}

/** Whether the whole list is offered where its filters leave nothing of it, and comes. */
export async function clearFilters(page: Page, nothing: string): Promise<void> {
  await page.getByText(nothing, { exact: true }).waitFor();
  await expectAccessible(page);
  await page.getByTestId('clear-filters').click();
  await expect.poll(() => new URL(page.url()).search).toBe('');
  await page.getByText(nothing, { exact: true }).waitFor({ state: 'detached' });
}

/** What the list of the screen is as a spreadsheet gets it: the name of the file, and its lines. */
export async function exportList(page: Page): Promise<{ readonly file: string; readonly lines: readonly string[] }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export').click()]);
  const text = readFileSync(await download.path(), 'utf8');
  return { file: download.suggestedFilename(), lines: text.trimEnd().split('\r\n') };
}

/** Saves what the list of the screen is narrowed to under a name, goes to the whole list, and takes the view again. */
export async function saveAndTakeView(page: Page, name: string): Promise<void> {
  await page.getByTestId('views').click();
  await page.getByTestId('view-name').fill(name);
  await page.getByTestId('save-view').click();
  await goTo(page, new URL(page.url()).pathname);
  await page.getByTestId('views').click();
  await page.getByRole('link', { name, exact: true }).click();
}

/** Goes to another screen as a reader who types its address does. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.goto(new URL(path, page.url()).href);
  await live(page);
}

/** The badge says so; the words stand elsewhere on some screens. */
export async function live(page: Page): Promise<void> {
  await page.getByTestId('feed-state').getByText('en direct').waitFor();
}
