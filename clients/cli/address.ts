import type { Command } from 'commander';
import { UsageError } from './failure.ts';
import { createGatewayClient, type GatewayAddress, type GatewayClient } from './gateway-client.ts';

/** The gateway and key a command was told to use; a demo system's own key where none was given. */
export async function gatewayAddress(command: Command): Promise<GatewayAddress> {
  const { url: given, key } = command.optsWithGlobals<{ url: string; key?: string }>();
  const url = parseUrl(given);
  return { url, key: key ?? (await demoKey(url)) };
}

/** Opens a client for the time `work` takes. */
export async function withGateway(command: Command, work: (gateway: GatewayClient) => Promise<void>): Promise<void> {
  const gateway = createGatewayClient(await gatewayAddress(command));
  try {
    await work(gateway);
  } finally {
    await gateway.close();
  }
}

export function parseUrl(given: string): URL {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (!url || !/^https?:$/.test(url.protocol)) throw new UsageError([`--url: "${given}" is not an address such as http://localhost:4000`]);
  return url;
}

/** A gateway that cannot be reached lends no key; the command's own request then says what is wrong. */
async function demoKey(url: URL): Promise<string | undefined> {
  try {
    const response = await fetch(new URL('/app-config.json', url), { signal: AbortSignal.timeout(3_000) });
    if (!response.ok) return undefined;
    const { demoKey } = (await response.json()) as { demoKey?: string };
    return demoKey;
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError || (error as Error).name === 'TimeoutError') return undefined;
    throw error;
  }
}
