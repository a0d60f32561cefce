import {
  baseConfig,
  ConfigError,
  numberVariable,
  onOffVariable,
  portVariable,
  secretConfig,
  secretOf,
  urlVariable,
} from '@comptoir/platform/config.ts';
import type { SubgraphUrls } from '@comptoir/schema/compose.ts';
import { type SubgraphName, subgraphNames } from '@comptoir/schema/sdl.ts';
import { developmentUrls, urlVariableOf } from '@comptoir/schema/urls.ts';
import { z } from 'zod';
import { addressesOf } from './fetch/addresses.ts';
import type { BreakerConfig } from './fetch/breaker.ts';
import type { FieldLimit } from './limits/field-limits.ts';
import { type PersistedMode, persistedModes } from './persisted/persisted.ts';
import type { RedisConfig } from './redis/link.ts';
import { isNetwork } from './security/client-address.ts';

const oneUrl = urlVariable(['http', 'https']);
const allowedUrls = 'a URL that begins with http:// or https://, or several of them, separated by commas';
const subgraphUrl = z
  .string()
  .refine((value) => addressesOf(value).length > 0 && addressesOf(value).every((url) => oneUrl.safeParse(url).success), allowedUrls)
  .describe(allowedUrls);
type SubgraphUrlShape = { [Name in SubgraphName as `${Uppercase<Name>}_URL`]: z.ZodDefault<typeof subgraphUrl> };

/** COMPUTE_URL, ORDERS_URL and so on: one for each subgraph there is. */
const subgraphUrlShape = Object.fromEntries(
  subgraphNames.map((name) => [urlVariableOf(name), subgraphUrl.default(developmentUrls[name])]),
) as SubgraphUrlShape;

/** Words separated by commas; none where it is not set. */
function listVariable(isAllowed: (word: string) => boolean, allowed: string) {
  return z
    .string()
    .default('')
    .transform((value) =>
      value
        .split(',')
        .map((word) => word.trim())
        .filter((word) => word !== ''),
    )
    .refine((words) => words.every(isAllowed), allowed)
    .describe(allowed);
}

/** What the gateway is told at its start, parsed from the environment by `parseConfig(gatewayConfig, env)`. */
export const gatewayConfig = z.object({
  ...baseConfig,
  ...secretConfig,
  PORT: portVariable(4000),
  SUPERGRAPH: z
    .string()
    .min(1)
    .optional()
    .describe('a file with a supergraph schema, or the address of one; not set: composed from schema/sdl'),
  AUTH: onOffVariable(true),
  ...subgraphUrlShape,
  REQUEST_BUDGET_MS: numberVariable({ min: 100, max: 120_000, integer: true, fallback: 15_000 }),
  SUBGRAPH_TIMEOUT_MS: numberVariable({ min: 100, max: 120_000, integer: true, fallback: 10_000 }),
  REDIS_URL: urlVariable(['redis', 'rediss']).optional(),
  REDIS_PREFIX: z
    .string()
    .regex(/^[\w.:-]{1,60}$/)
    .default('comptoir:')
    .describe('letters, digits and .:-_ that begin every key in Redis, at most 60, default comptoir:'),
  AMQP_URL: urlVariable(['amqp', 'amqps']).optional(),
  CACHE: onOffVariable(true),
  CORS_ORIGINS: listVariable((word) => /^https?:\/\/[^/\s]+$/.test(word), 'origins like https://shop.example, separated by commas'),
  TRUSTED_PROXIES: listVariable(isNetwork, 'addresses and networks like 127.0.0.1 or 10.0.0.0/8, separated by commas'),
  PERSISTED_OPERATIONS: z.enum(persistedModes).default('off').describe('off, log-only or only, default off'),
  PERSISTED_MANIFESTS: listVariable(() => true, 'files with manifests of persisted operations, separated by commas'),
  METRICS_TOKEN: z.string().min(16).optional().describe('at least 16 characters, or not set: then everybody may read /metrics'),
  DEMO: onOffVariable(false),
  WEB_ROOT: z.string().min(1).default('clients/web/dist').describe('the folder of the built web client'),
});

export type GatewayEnvironment = z.infer<typeof gatewayConfig>;

export interface GatewayConfig {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Shared with the subgraphs, which answer nobody else. */
  readonly secret: string;
  /** A supergraph: its file or its address, or the SDL itself. Without either it is composed with `subgraphUrls`. */
  readonly supergraphFile?: string | undefined;
  readonly supergraphSdl?: string | undefined;
  readonly subgraphUrls: SubgraphUrls;
  /** How often to look for a next version of the supergraph: 1 s by default, ten times as long where it has an address. */
  readonly supergraphCheckMs?: number | undefined;
  /** False: everybody is an anonymous administrator. */
  readonly auth: boolean;
  /** Closes introspection and the explorers. */
  readonly production: boolean;
  /** Fills the demo key into the explorer. */
  readonly demo: boolean;
  readonly webRoot: string;
  /** Who may share one subscription: clients of equal roles (default), or only those of one consumer. */
  readonly shareSubscriptions?: 'roles' | 'consumer' | undefined;
  /** Subscriptions of one consumer at a time, over all of its connections. Default 10,000. */
  readonly maxSubscriptionsPerConsumer?: number | undefined;
  /** How long a key that was valid counts as valid without another look, for requests and for open connections. Default 30 s. */
  readonly keyCheckMs?: number | undefined;
  /** Shares limits and cache with other gateways; without it this one keeps them in its own memory. */
  readonly redis?: RedisConfig | undefined;
  /** The broker, where changes are heard of that pass no gateway; without it answers are kept for a second only. */
  readonly amqpUrl?: string | undefined;
  /** False: no answer is kept. Default: true. */
  readonly cache?: boolean | undefined;
  /** Origins whose pages may use the gateway, besides its own. */
  readonly corsOrigins?: readonly string[] | undefined;
  /** Addresses and networks of proxies that are believed when they say for whom they ask. */
  readonly trustedProxies?: readonly string[] | undefined;
  /** What becomes of operations that no client of ours was built with. Default: they are answered. */
  readonly persistedOperations?: PersistedMode | undefined;
  /** Files with operations of other clients, in Apollo's format. */
  readonly persistedManifests?: readonly string[] | undefined;
  /** Who does not know it gets no metrics. Default: everybody does. */
  readonly metricsToken?: string | undefined;
  /** Connections over WebSocket from one address. Default 2,000. */
  readonly maxSocketsPerAddress?: number | undefined;
  /** Requests of an address without a credential in a minute. Default 100. */
  readonly anonymousPerMinute?: number | undefined;
  /** Limits to single fields. Default: those of signing in. */
  readonly fieldLimits?: readonly FieldLimit[] | undefined;
  /** How long a request may take in all; subgraphs are told what is left of it. Default 15 s. */
  readonly requestBudgetMs?: number | undefined;
  /** How long one instance of a subgraph may take to answer. Default 10 s. */
  readonly subgraphTimeoutMs?: number | undefined;
  /** How often to ask each of several instances of a subgraph whether it is ready. Default 2 s. */
  readonly subgraphCheckMs?: number | undefined;
  /** How long a gateway that has just started is not ready for want of a subgraph that it has not reached yet. Default 30 s. */
  readonly subgraphPatienceMs?: number | undefined;
  /** When to stop asking an instance that fails. */
  readonly breaker?: BreakerConfig | undefined;
}

/** Throws ConfigError where production has no secret but is to know its callers, or is to show the keys of the demo. */
export function toGatewayConfig(env: GatewayEnvironment): GatewayConfig {
  const production = env.NODE_ENV === 'production';
  if (production && env.DEMO) throw new ConfigError([{ variable: 'DEMO', given: 'on', allowed: 'off in production' }]);
  return {
    host: env.HOST,
    port: env.PORT,
    // Without a secret subgraphs ask for no signature, but the header is sent all the same.
    secret: (env.AUTH ? secretOf(env) : env.GATEWAY_SECRET) ?? 'no-secret-configured',
    supergraphFile: env.SUPERGRAPH,
    subgraphUrls: Object.fromEntries(subgraphNames.map((name) => [name, env[urlVariableOf(name)]])) as SubgraphUrls,
    redis: env.REDIS_URL === undefined ? undefined : { url: env.REDIS_URL, keyPrefix: env.REDIS_PREFIX },
    amqpUrl: env.AMQP_URL,
    cache: env.CACHE,
    corsOrigins: env.CORS_ORIGINS,
    trustedProxies: env.TRUSTED_PROXIES,
    persistedOperations: env.PERSISTED_OPERATIONS,
    persistedManifests: env.PERSISTED_MANIFESTS,
    metricsToken: env.METRICS_TOKEN,
    requestBudgetMs: env.REQUEST_BUDGET_MS,
    subgraphTimeoutMs: env.SUBGRAPH_TIMEOUT_MS,
    auth: env.AUTH,
    production,
    demo: env.DEMO,
    webRoot: env.WEB_ROOT,
  };
}
