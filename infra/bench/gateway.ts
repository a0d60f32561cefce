import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '@comptoir/platform/testing/free-port.ts';
import { type BenchProcess, startBenchProcess } from './processes.ts';

export interface GatewayProcess {
  readonly process: BenchProcess;
  /** Of /graphql, over HTTP. */
  readonly url: string;
  /** What /metrics tells now. */
  metrics(): Promise<string>;
}

/** Our gateway before this supergraph, in a process of its own, as in production but for limits of addresses; `folder` holds what it reads. */
export async function startGateway(supergraphSdl: string, folder: string, env: NodeJS.ProcessEnv): Promise<GatewayProcess> {
  const file = join(folder, 'supergraph.graphql');
  await writeFile(file, supergraphSdl);
  const port = await freePort();
  const process = await startBenchProcess(new URL('./gateway-process.ts', import.meta.url), {
    env: { SUPERGRAPH: file, PORT: String(port), NODE_ENV: 'production', ...env },
  });
  const url = `http://127.0.0.1:${port}`;
  return { process, url: `${url}/graphql`, metrics: async () => (await fetch(`${url}/metrics`)).text() };
}
