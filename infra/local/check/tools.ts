import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { generators, root } from '../places.ts';
import { toolPath } from '../run-tool.ts';

const timeoutMs = 5 * 60_000;

/** Runs a script; what it printed when it did not end with 0. A script that is not there fails. */
function faultsOf(script: string, args: readonly string[]): Promise<string[]> {
  if (!existsSync(script)) return Promise.resolve([`${path.relative(root, script)} is missing`]);
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [script, ...args],
      { cwd: root, timeout: timeoutMs, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error === null) return resolve([]);
        const said = `${stdout}${stderr}`.trim();
        resolve(said === '' ? [error.message] : said.split('\n'));
      },
    );
  });
}

export const findFormatAndLintFaults = () =>
  faultsOf(toolPath('@biomejs/biome', 'biome'), ['check', '--max-diagnostics=50', '--colors=off']);

export const findTypeFaults = () => faultsOf(toolPath('typescript', 'tsc'), ['--noEmit', '--pretty', 'false']);

export const findStaleGeneratedFiles = async () =>
  (await Promise.all(generators.map((generator) => faultsOf(path.join(root, generator), ['--check'])))).flat();

export const findGraphFaults = () => faultsOf(path.join(root, 'schema/check.ts'), []);
