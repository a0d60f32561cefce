import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from '../process/is-alive.ts';
import { SetupError } from '../setup-error.ts';

const endingWaitMs = 20_000;
const noticeWaitMs = 1_000;
const pollMs = 50;

/** Says that this process is the one system on a data folder, and which processes it has. */
export interface Instance {
  /** Remembers where it answers. */
  answersAt(url: string): void;
  /** Process number of a part; undefined: it does not run. Kept in processes.json. */
  setProcess(name: string, pid: number | undefined): void;
  /** Whoever starts next waits instead of complaining. */
  ending(): void;
  release(): void;
}

interface Claim {
  readonly pid: number;
  readonly url?: string;
  readonly ending?: boolean;
}

/** Throws SetupError while another system runs on the folder; one that is about to end is waited for. */
export async function claimInstance(folder: string): Promise<Instance> {
  mkdirSync(folder, { recursive: true });
  const claimFile = path.join(folder, 'comptoir.json');
  const processesFile = path.join(folder, 'processes.json');
  const since = performance.now();
  for (let other = readClaim(claimFile); other !== null && runs(other.pid); other = readClaim(claimFile)) {
    // A killed npm is noticed by its system within a moment; that one then says that it is ending.
    if (performance.now() - since > (other.ending ? endingWaitMs : noticeWaitMs)) {
      throw new SetupError(
        `Comptoir already runs from this folder${other.url ? `: ${other.url}` : ''} (process ${other.pid}).\nStop it there first, or start a second one on data of its own: COMPTOIR_DATA=another-folder npm start`,
      );
    }
    await delay(pollMs);
  }
  const processes = new Map<string, number>();
  let claim: Claim = { pid: process.pid };
  const write = (change: Partial<Claim>) => {
    claim = { ...claim, ...change };
    replace(claimFile, claim);
  };
  write({});
  return {
    answersAt: (url) => write({ url }),
    setProcess(name, pid) {
      if (pid === undefined) processes.delete(name);
      else processes.set(name, pid);
      replace(processesFile, Object.fromEntries(processes));
    },
    ending: () => write({ ending: true }),
    release() {
      for (const file of [claimFile, processesFile]) rmSync(file, { force: true });
    },
  };
}

/** In one step: whoever reads meanwhile finds the old or the new, never a half. */
function replace(file: string, value: object): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function readClaim(file: string): Claim | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Claim;
  } catch {
    // None: the folder is free.
    return null;
  }
}

/** Process numbers are given out again: where the system tells, it must be one of ours. */
function runs(pid: number): boolean {
  if (pid === process.pid || !isAlive(pid)) return false;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('run.mjs');
  } catch {
    // No /proc on this system: believe the number.
    return process.platform !== 'linux';
  }
}
