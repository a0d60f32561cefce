import { join } from 'node:path';
import type { Resources } from '@comptoir/e2e/resources.ts';
import { freePort } from '@comptoir/platform/testing/free-port.ts';
import { startGateway } from '../gateway.ts';
import { hiveNames, hivePlanners, installHive, startHive } from '../hive.ts';
import { type BenchProcess, startBenchProcess } from '../processes.ts';

export interface Side {
  readonly name: string;
  /** Of the process that answers. */
  readonly pid: number;
  /** Of its GraphQL endpoint. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

const json = { 'content-type': 'application/json' };

/** Every gateway before the same subgraphs; `folder` holds what they read. */
export async function startSides(
  resources: Resources,
  { supergraphSdl, urls, folder, say }: { supergraphSdl: string; urls: object; folder: string; say: (line: string) => void },
): Promise<Side[]> {
  await installHive(say);
  const sides: Side[] = [];
  const add = (name: string, process: BenchProcess, url: string, headers: Record<string, string> = {}) => {
    resources.use(process);
    sides.push({ name, pid: process.pid, url, headers: { ...json, ...headers } });
  };
  async function addModule(name: string, module: string, env: NodeJS.ProcessEnv): Promise<void> {
    const port = await freePort();
    const given = { NODE_ENV: 'production', PORT: String(port), ...env };
    add(name, await startBenchProcess(new URL(module, import.meta.url), { env: given }), `http://127.0.0.1:${port}/graphql`);
  }
  // With everything that is at the edge: who asks is known by a key, counted, measured and logged.
  const ours = await startGateway(supergraphSdl, folder, { GATEWAY_SECRET: 'secret-of-the-benchmark' });
  add('Comptoir', ours.process, ours.url, { 'x-api-key': 'bench-key' });
  await addModule('stock', './stock-gateway.ts', {
    BENCH_SUPERGRAPH: join(folder, 'supergraph.graphql'),
    APOLLO_TELEMETRY_DISABLED: '1',
  });
  for (const planner of hivePlanners) {
    const { process, url } = await startHive(planner, supergraphSdl, folder);
    add(hiveNames[planner], process, url);
  }
  await addModule('floor', './floor.ts', { BENCH_SUBGRAPHS: JSON.stringify(urls) });
  return sides;
}
