import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { root, runtimeFolder } from '../places.ts';
import { toolPath } from '../run-tool.ts';
import { SetupError } from '../setup-error.ts';

const buildTimeoutMs = 180_000;
const webFolder = path.join(root, 'clients/web');
const builtFolder = path.join(webFolder, 'dist');
const stampFile = path.join(runtimeFolder, 'web-build.json');

/** Builds the web client where its sources, or what they are built with, changed since the last time. */
export async function ensureWebBuild(say: (line: string) => void, signal?: AbortSignal): Promise<void> {
  const sources = fingerprint();
  if (existsSync(path.join(builtFolder, 'index.html')) && stamp() === sources) return;
  say('Building the web client…');
  // Elsewhere, then into place: what is served stays whole, and two starts at once do not mix.
  const draft = path.join(runtimeFolder, `web-${process.pid}`);
  try {
    await promisify(execFile)(
      process.execPath,
      [toolPath('vite', 'vite'), 'build', '--outDir', draft, '--emptyOutDir', '--logLevel', 'error'],
      {
        cwd: webFolder,
        timeout: buildTimeoutMs,
        signal,
        env: { ...process.env, NODE_ENV: 'production' },
      },
    );
    const before = `${draft}.old`;
    if (existsSync(builtFolder)) renameSync(builtFolder, before);
    renameSync(draft, builtFolder);
    rmSync(before, { recursive: true, force: true });
    mkdirSync(runtimeFolder, { recursive: true });
    writeFileSync(stampFile, JSON.stringify({ sources }));
  } catch (error) {
    signal?.throwIfAborted();
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
    throw new SetupError(
      `The web client could not be built:\n${`${stdout}${stderr}`.trim().split('\n').slice(-20).join('\n') || message}`,
      { cause: error },
    );
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function stamp(): string | null {
  try {
    return (JSON.parse(readFileSync(stampFile, 'utf8')) as { sources: string }).sources;
  } catch {
    // Never built, or cut off in the middle: build.
    return null;
  }
}

/** Of everything the build reads: the web client, the lock of what it is built with. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const add = (file: string) =>
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  for (const entry of readdirSync(webFolder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const inside = path.relative(webFolder, file);
    if (!entry.isFile() || /^(dist|node_modules)(\/|\\)|\.test\.tsx?$/.test(inside)) continue;
    add(file);
  }
  add(path.join(root, 'package-lock.json'));
  return hash.digest('hex');
}
