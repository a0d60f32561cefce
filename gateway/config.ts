import { baseConfig } from '@comptoir/platform/config.ts';
import { developmentUrls } from '@comptoir/schema/urls.ts';
import { z } from 'zod';

/** What the gateway is told at its start, parsed from the environment by `parseConfig(gatewayConfig, env)`. */
export const gatewayConfig = z.object({
  ...baseConfig,
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  /** Shared with the subgraphs, which answer nobody else. */
  GATEWAY_SECRET: z.string().min(16).default('comptoir-development-secret'),
  /** A supergraph file. Without it the supergraph is composed from schema/sdl. */
  SUPERGRAPH: z.string().min(1).optional(),
  AUTH: z.enum(['on', 'off']).default('on'),
  COMPUTE_URL: z.url().default(developmentUrls.compute),
  ACCOUNTS_URL: z.url().default(developmentUrls.accounts),
  DEMO: z.enum(['on', 'off']).default('off'),
  /** The folder of the built web client. */
  WEB_ROOT: z.string().min(1).default('clients/web/dist'),
});

export type GatewayEnvironment = z.infer<typeof gatewayConfig>;

export interface GatewayConfig {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly secret: string;
  /** A supergraph file, or the SDL itself in `supergraphSdl`; else composed with `subgraphUrls`. */
  readonly supergraphFile?: string | undefined;
  readonly supergraphSdl?: string | undefined;
  readonly subgraphUrls: { readonly compute: string; readonly accounts: string };
  /** False: everybody is an anonymous administrator. */
  readonly auth: boolean;
  /** Closes introspection and the explorers. */
  readonly production: boolean;
  /** Fills the demo key into the explorer. */
  readonly demo: boolean;
  readonly webRoot: string;
}

export function toGatewayConfig(env: GatewayEnvironment): GatewayConfig {
  return {
    host: env.HOST,
    port: env.PORT,
    secret: env.GATEWAY_SECRET,
    supergraphFile: env.SUPERGRAPH,
    subgraphUrls: { compute: env.COMPUTE_URL, accounts: env.ACCOUNTS_URL },
    auth: env.AUTH === 'on',
    production: env.NODE_ENV === 'production',
    demo: env.DEMO === 'on',
    webRoot: env.WEB_ROOT,
  };
}
