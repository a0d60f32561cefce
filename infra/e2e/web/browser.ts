import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const installed = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'];

/**
 * A real Chromium: CHROME_PATH, else an installed one, else the one inside the npm package `@sparticuz/chromium` (Linux x64).
 * @throws Error that says how to get one.
 */
export async function launchBrowser(): Promise<Browser> {
  const candidates: (() => Promise<LaunchOptions>)[] = [];
  const path = process.env.CHROME_PATH || installed.find((candidate) => existsSync(candidate));
  if (path) candidates.push(async () => ({ executablePath: path, args: flags }));
  else if (process.platform === 'linux') candidates.push(packaged);
  else candidates.push(async () => ({ channel: process.platform === 'win32' ? 'msedge' : 'chrome', args: flags }));
  const faults: unknown[] = [];
  for (const candidate of candidates) {
    try {
      return await chromium.launch(await candidate());
    } catch (error) {
      faults.push(error);
    }
  }
  throw new AggregateError(faults, 'No Chromium could be started: install Chrome or Chromium, or set CHROME_PATH');
}

/**
 * The package unpacks its browser into the temporary folder, and its libraries only where it believes itself in a Lambda.
 * Its fonts.conf names folders of a Lambda: without one of ours the browser finds no font at all and draws no text.
 */
async function packaged(): Promise<LaunchOptions> {
  const folder = fileURLToPath(new URL('../../../.runtime/chromium/', import.meta.url));
  await mkdir(folder, { recursive: true });
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x';
  const temporary = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    const { default: chromiumPackage } = await import('@sparticuz/chromium');
    const executablePath = await chromiumPackage.executablePath();
    const fonts = join(folder, 'fonts.conf');
    await writeFile(fonts, fontsConf(folder));
    return { executablePath, args: [...flags, '--no-zygote'], env: { ...process.env, TMPDIR: temporary, FONTCONFIG_FILE: fonts } as never };
  } finally {
    if (temporary === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = temporary;
  }
}

const fontsConf = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;
