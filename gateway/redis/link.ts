import { backoffMs } from '@comptoir/platform/broker/backoff.ts';
import type { Health } from '@comptoir/platform/health.ts';
import type { Log } from '@comptoir/platform/log.ts';
import type { Metrics } from '@comptoir/platform/metrics.ts';
import { within } from './within.ts';

export interface RedisConfig {
  /** redis:// or rediss:// with who logs in. */
  readonly url: string;
  /** Begins every key, e.g. `comptoir:`, so that several installations can share a server. */
  readonly keyPrefix: string;
  /** How long one command may take. Default 500 ms: a request would rather be counted or computed here than wait. */
  readonly commandTimeoutMs?: number | undefined;
}

export interface RedisDeps {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly health: Health;
}

async function createRedisClient(url: string) {
  // Imported only where there is a Redis to talk to.
  const { createClient } = await import('redis');
  return createClient({
    url,
    name: 'comptoir-gateway',
    // While it is away commands fail at once, for their callers have a way without it.
    disableOfflineQueue: true,
    commandsQueueMaxLength: 10_000,
    // Commands are bounded below; the client's own bound is a signal for each, which fires long after the answer and costs more than the command.
    commandOptions: { timeout: undefined },
    // A server that stopped answering without closing is found out by these two.
    pingInterval: 3_000,
    socket: { connectTimeout: 2_000, socketTimeout: 10_000, reconnectStrategy: (attempt) => backoffMs(attempt) },
  });
}

export type RedisClient = Awaited<ReturnType<typeof createRedisClient>>;

/** Redis cannot be asked at the moment; the cause says why, where something did. */
export class RedisAway extends Error {
  override readonly name = 'RedisAway';
}

/** The one connection of this process to Redis. */
export interface RedisLink {
  /** False while it is away or does not answer. */
  isReady(): boolean;
  /** The name of a key with this installation's prefix. */
  key(name: string): string;
  /**
   * Runs one command, bounded in time.
   * @throws RedisAway at once while Redis is away, after the time limit when it does not answer. Errors that Redis answers are thrown as they are.
   */
  run<T>(command: (client: RedisClient) => Promise<T>): Promise<T>;
  /** A second connection, for what blocks or listens; it connects again by itself. The caller closes it. */
  duplicate(): RedisClient;
  /** Called when it has come (true) or gone (false). Returns how to stop listening. */
  onChange(listener: (ready: boolean) => void): () => void;
  stop(): Promise<void>;
}

/** How long the start waits for Redis: it goes on without. */
const firstConnectMs = 1_000;

/** Connects, and goes on connecting with growing delay while it cannot. Resolves once connected, or soon all the same. */
export async function connectRedis(config: RedisConfig, { log, metrics, health }: RedisDeps): Promise<RedisLink> {
  const { url, keyPrefix, commandTimeoutMs = 500 } = config;
  const client = await createRedisClient(url);
  const listeners = new Set<(ready: boolean) => void>();
  const up = metrics.gauge({ name: 'redis_link_up', help: '1 while Redis is connected and answers' });
  const failures = metrics.counter({
    name: 'redis_command_failures_total',
    help: 'Commands that Redis did not answer, or answered with an error',
  });
  let stalled = false;
  let lastReady: boolean | undefined;
  let stopping = false;
  let lastError: unknown;

  const isReady = () => client.isReady && !stalled;

  function look(): void {
    const ready = isReady();
    up.set(ready ? 1 : 0);
    if (ready === lastReady || stopping) return;
    lastReady = ready;
    if (ready) log.info({ event: 'redis_connected' }, 'Redis is there');
    else
      log.warn({ event: 'redis_away', stalled, err: lastError }, 'Redis is away; each gateway works from its own memory until it is back');
    for (const listener of listeners) listener(ready);
  }

  /** Nothing more is asked of a server that does not answer, until a ping comes back. */
  function waitForAnswer(): void {
    if (stalled) return;
    stalled = true;
    look();
    const over = () => {
      stalled = false;
      look();
    };
    // Refused when the connection ends as well: the next one begins afresh.
    client.ping().then(over, over);
  }

  client.on('error', (error: unknown) => {
    lastError = error;
    look();
  });
  for (const event of ['ready', 'reconnecting', 'end'] as const) client.on(event, look);

  const unregister = health.register(
    'redis',
    async () => {
      if (!isReady()) return { state: 'down', detail: 'away; limits and cache are kept in the memory of this instance' };
      await link.run((redis) => redis.ping());
      return { state: 'up' };
    },
    { critical: false },
  );

  const link: RedisLink = {
    isReady,
    key: (name) => keyPrefix + name,
    async run(command) {
      if (!isReady()) throw new RedisAway('Redis is away');
      const answer = await within(commandTimeoutMs, command(client)).catch((error: unknown) => {
        failures.inc();
        if (client.isReady) throw error;
        throw new RedisAway('Redis went away', { cause: error });
      });
      if (answer.inTime) return answer.value;
      failures.inc();
      waitForAnswer();
      throw new RedisAway(`Redis did not answer within ${commandTimeoutMs} ms`);
    },
    duplicate() {
      const other = client.duplicate();
      other.on('error', (error: unknown) => log.debug({ event: 'redis_error', err: error }, 'error on a connection to Redis'));
      return other;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async stop() {
      stopping = true;
      unregister();
      listeners.clear();
      client.destroy();
    },
  };

  const connected = client.connect().catch((error: unknown) => {
    // Stopped before it ever was there.
    if (!stopping) log.error({ event: 'redis_unusable', err: error }, 'Redis cannot be used');
  });
  await within(firstConnectMs, connected);
  look();
  return link;
}
