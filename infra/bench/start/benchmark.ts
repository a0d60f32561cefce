import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '@comptoir/platform/testing/free-port.ts';
import { ownFolder } from '@comptoir/platform/testing/own-folder.ts';
import type { Benchmark } from '../benchmark.ts';
import { spread } from '../figures.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const startTimeoutMs = 180_000;

export const benchmark: Benchmark = {
  measures: 'From a fresh clone to ready, and from a warm one: npm start until it prints that Comptoir is ready.',

  async run({ size, say }) {
    const folder = ownFolder('start');
    try {
      await promisify(execFile)('git', ['clone', '--quiet', root, folder]);
      const cold = await timeStart(folder);
      say(`fresh clone: ${cold.toFixed(1)} s`);
      const warm: number[] = [];
      for (let round = 0; round < (size === 'full' ? 5 : 2); round++) warm.push(await timeStart(folder));
      say(`warm: ${spread(warm, 2)} s`);
      return [
        {
          title: 'npm start',
          columns: ['start', 'seconds'],
          rows: [
            ['fresh clone', cold.toFixed(1)],
            ['warm', spread(warm, 2)],
          ],
          notes: [
            'The fresh clone is started once: it downloads its dependencies (npm keeps a cache of them between runs) and, where the machine has an older one, Node.',
          ],
        },
      ];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** Seconds until the ready line; the system is stopped again before this returns. */
async function timeStart(folder: string): Promise<number> {
  const environment = { ...process.env, PORT: String(await freePort()) };
  for (const name of ['DATABASE_URL', 'AMQP_URL', 'NODE_ENV', 'COMPTOIR_DATA']) delete (environment as NodeJS.ProcessEnv)[name];
  const startedAt = performance.now();
  const npm = spawn('npm', ['start'], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
    signal: AbortSignal.timeout(startTimeoutMs),
  });
  const exited = once(npm, 'exit');
  try {
    for await (const line of createInterface(npm.stdout)) {
      if (line.startsWith('Comptoir is ready')) return (performance.now() - startedAt) / 1000;
    }
    throw new Error(`npm start ended without being ready (exit code ${npm.exitCode})`);
  } finally {
    npm.kill('SIGTERM');
    await exited;
  }
}
