import type { Command } from 'commander';
import { type Credential, keyCredential } from './credential.ts';
import { UsageError } from './failure.ts';
import { createGatewayClient, type GatewayAddress, type GatewayClient } from './gateway-client.ts';
import { createSessionFile } from './session/session-file.ts';
import { loginCredential } from './session/sign-in.ts';

/** The gateway a command was told to use, and what to show it: the key that was given, else the login, else the key that a demo system lends. */
export async function gatewayAddress(command: Command): Promise<GatewayAddress> {
  const url = gatewayUrl(command);
  const { key } = command.optsWithGlobals<{ key?: string }>();
  return { url, credential: key ? keyCredential('key', key) : await keptCredential(url) };
}

/** Opens a client for the time `work` takes. */
export async function withGateway(
  command: Command,
  work: (gateway: GatewayClient, address: GatewayAddress) => Promise<void>,
): Promise<void> {
  const address = await gatewayAddress(command);
  const gateway = createGatewayClient(address);
  try {
    await work(gateway, address);
  } finally {
    await gateway.close();
  }
}

export const gatewayUrl = (command: Command): URL => parseUrl(command.optsWithGlobals<{ url: string }>().url);

export function parseUrl(given: string): URL {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (!url || !/^https?:$/.test(url.protocol)) throw new UsageError([`--url: "${given}" is not an address such as http://localhost:4000`]);
  return url;
}

async function keptCredential(url: URL): Promise<Credential> {
  const file = createSessionFile();
  const session = await file.read(url.origin);
  if (session !== null) return loginCredential(url, file, session);
  const key = await demoKey(url);
  return keyCredential(key ? 'demo' : 'none', key);
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
