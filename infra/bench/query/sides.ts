import type { Resources } from '@comptoir/e2e/resources.ts';
import { freePort } from '@comptoir/platform/testing/free-port.ts';
import { startGateway } from '../gateway.ts';
import { installPeer } from '../peer.ts';
import { startBenchProcess } from '../processes.ts';

export interface Side {
  readonly name: string;
  /** Of the process that answers. */
  readonly pid: number;
  /** Of its GraphQL endpoint. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

const json = { 'content-type': 'application/json' };
const production = { NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1' };
const hive = new URL('../peers/hive/', import.meta.url);

/** Every gateway before the same subgraphs; `folder` holds what they read. */
export async function startSides(
  resources: Resources,
  { supergraphSdl, urls, folder, say }: { supergraphSdl: string; urls: object; folder: string; say: (line: string) => void },
): Promise<[Side, ...Side[]]> {
  await installPeer(hive, say);
  // With everything that is at the edge: who asks is known by a key, counted, measured and logged.
  const ours = await startGateway(supergraphSdl, folder, { ...production, GATEWAY_SECRET: 'secret-of-the-benchmark' });
  resources.use(ours.process);

  async function startPeer(name: string, module: URL, env: NodeJS.ProcessEnv, args: string[] = []): Promise<Side> {
    const port = await freePort();
    const peer = resources.use(await startBenchProcess(module, { env: { ...production, PORT: String(port), ...env }, args }));
    return { name, pid: peer.pid, url: `http://127.0.0.1:${port}/graphql`, headers: json };
  }
  const reads = { BENCH_SUPERGRAPH: `${folder}/supergraph.graphql` };
  const server = new URL('server.mjs', hive);
  return [
    { name: 'Comptoir', pid: ours.process.pid, url: ours.url, headers: { ...json, 'x-api-key': 'bench-key' } },
    await startPeer('stock', new URL('./stock-gateway.ts', import.meta.url), reads),
    await startPeer('Hive', server, reads),
    await startPeer('Hive + Rust', server, reads, ['--hive-router-runtime']),
    await startPeer('floor', new URL('./floor.ts', import.meta.url), { BENCH_SUBGRAPHS: JSON.stringify(urls) }),
  ];
}
