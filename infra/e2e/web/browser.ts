import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

const run = promisify(execFile);

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
  const folder = fileURLToPath(new URL('../../../.runtime/chromium', import.meta.url));
  if (!existsSync(folder)) await unpack(folder);
  const libraries = [join(folder, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  const env = { ...process.env, LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(folder, 'fonts.conf') };
  return { executablePath: join(folder, 'chromium'), args: [...flags, '--no-zygote'], env: env as never };
}

/** Elsewhere, then into place in one step, so that there is never half a browser: another test file may be doing the same. */
async function unpack(folder: string): Promise<void> {
  const draft = `${folder}-${process.pid}`;
  await mkdir(draft, { recursive: true });
  try {
    const program = "const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath();";
    const env = { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' };
    await run(process.execPath, ['--input-type=module', '--eval', program], { cwd: import.meta.dirname, env });
    await writeFile(join(draft, 'fonts.conf'), fontsConf(folder));
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true });
    if (!existsSync(folder)) throw error;
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
