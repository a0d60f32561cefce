import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '@comptoir/platform/testing/free-port.ts';
import { installPeer } from './peer.ts';
import { type BenchProcess, startBenchProcess } from './processes.ts';

const folder = new URL('./peers/hive/', import.meta.url);

/** With its own planner, or with that of its Rust router. */
export type HivePlanner = 'own' | 'rust';
export const hiveNames: Readonly<Record<HivePlanner, string>> = { own: 'Hive', rust: 'Hive + Rust' };
export const hivePlanners = Object.keys(hiveNames) as HivePlanner[];

export const installHive = (say: (line: string) => void) => installPeer(folder, say);

/** Hive Gateway before this supergraph, in a process of its own; `place` is a folder for what it reads. */
export async function startHive(
  planner: HivePlanner,
  supergraphSdl: string,
  place: string,
): Promise<{ process: BenchProcess; url: string }> {
  const file = join(place, `supergraph-for-hive-${planner}.graphql`);
  await writeFile(file, supergraphSdl);
  const port = await freePort();
  const process = await startBenchProcess(new URL('server.mjs', folder), {
    env: { BENCH_SUPERGRAPH: file, PORT: String(port), NODE_ENV: 'production' },
    args: planner === 'rust' ? ['--hive-router-runtime'] : [],
  });
  return { process, url: `http://127.0.0.1:${port}/graphql` };
}
