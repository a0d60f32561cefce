import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { startProcess, type TestProcess } from '@comptoir/platform/testing/process.ts';
import { temporaryFolder } from '@comptoir/platform/testing/temporary-folder.ts';
import { expect, onTestFinished, test } from 'vitest';

const first = 26_600;

/** A process as another run of the tests has them, with marks in this folder. */
async function startClaimant(folder: string, count: number, env: NodeJS.ProcessEnv = {}): Promise<TestProcess> {
  const claimant = await startProcess(path.join(import.meta.dirname, 'testing/claim-ports.ts'), {
    args: [String(first), String(count)],
    env: { TMPDIR: folder, COMPTOIR_PORTS_CLAIMANT: undefined, ...env },
  });
  onTestFinished(() => claimant[Symbol.asyncDispose]());
  return claimant;
}

async function claimedBy({ child }: TestProcess): Promise<number[]> {
  const told = once(child, 'message');
  child.send('begin');
  const [{ ports }] = (await told) as [{ ports: number[] }];
  return ports;
}

test('runs that look for ports at the same moment get different ones, each for as long as it lives', async () => {
  const folder = temporaryFolder();
  const runs = await Promise.all([1, 2, 3].map(() => startClaimant(folder, 20)));
  const ports = (await Promise.all(runs.map(claimedBy))).flat();
  expect(new Set(ports).size).toBe(60);
  expect(readdirSync(folder)).toHaveLength(60);
  for (const { child } of runs) child.send('end');
  expect(await Promise.all(runs.map(({ ended }) => ended))).toEqual([0, 0, 0]);
  expect(readdirSync(folder)).toEqual([]);
});

test('what a killed run had claimed is free again', async () => {
  const folder = temporaryFolder();
  const killed = await startClaimant(folder, 1);
  const ports = await claimedBy(killed);
  await killed.kill();
  expect(await claimedBy(await startClaimant(folder, 1))).toEqual(ports);
});

test('a process may use what the one that started it has claimed', async () => {
  const folder = temporaryFolder();
  const parent = await startClaimant(folder, 1);
  const ports = await claimedBy(parent);
  const family = { COMPTOIR_PORTS_CLAIMANT: String(parent.child.pid) };
  expect(await claimedBy(await startClaimant(folder, 1, family))).toEqual(ports);
  expect(await claimedBy(await startClaimant(folder, 1))).not.toEqual(ports);
});
