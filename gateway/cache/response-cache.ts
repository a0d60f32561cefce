import type { Health } from '@comptoir/platform/health.ts';
import type { Log } from '@comptoir/platform/log.ts';
import type { Metrics } from '@comptoir/platform/metrics.ts';
import { andThen, type NowOrLater } from '@comptoir/platform/now-or-later.ts';
import type { CacheReport } from '@comptoir/schema/edge-report.ts';
import type { RedisLink } from '../redis/link.ts';
import { createFlights } from './flights.ts';
import { createMemoryStore, type MemoryStoreConfig } from './memory-store.ts';
import { type CacheOperation, createCacheMetrics, type KeptType } from './metrics.ts';
import { createRedisStore } from './redis-store.ts';
import type { Answer, CacheStore, Entry, Look, StoreFigures } from './store.ts';
import { everything } from './tags.ts';

/** What is asked for, and how its answer may be kept. */
export interface Question {
  readonly type: KeptType;
  /** Equal for questions with equal answers: what is asked, with what, by whom of which rights, of which version of the graph. */
  readonly key: string;
  readonly tags: readonly string[];
  readonly ttlMs: number;
  /** The asker wants no kept answer; the one made for him is kept. */
  readonly afresh?: boolean | undefined;
}

/**
 * Makes an answer. What it asks for it may share only with askers who were given the same fence: what was begun under another one may be older than what was removed since.
 */
export type Make = (fence: string | undefined) => Promise<Answer>;

export interface Answered extends Answer {
  /** The body in UTF-8, where it was kept. */
  readonly bytes?: Buffer | undefined;
  readonly state: 'HIT' | 'MISS' | 'BYPASS';
  /** Whole seconds since its making began. */
  readonly ageSeconds: number;
}

/** Who tells of changes that this instance did not make itself. */
export interface Hearing {
  /** False: changes may happen now that nobody tells of. */
  isHearing(): boolean;
  /** Tells the other instances what is to be removed; once it can, where it cannot now. */
  tell(tags: readonly string[]): void;
}

export interface ResponseCache {
  /** The answer that is kept, or the one that `make` makes, which equal questions at the same time share. What it rejects with is kept by nobody. */
  answer(question: Question, make: Make): NowOrLater<Answered>;
  /** Whatever carries one of the tags is never given again, by any instance. Does not reject: where Redis is away the others are told another way. */
  remove(tags: readonly string[]): Promise<void>;
  /** The same, for what another instance asks to be removed. */
  removeHere(tags: readonly string[]): Promise<void>;
  /** Nothing of what is kept now is given again: changes may have been missed. */
  forget(): Promise<void>;
  /** The same, and its memory is given back. */
  clear(): Promise<void>;
  report(): Promise<CacheReport>;
  readonly enabled: boolean;
  setHearing(hearing: Hearing): void;
  stop(): void;
}

export interface ResponseCacheConfig {
  readonly enabled: boolean;
  readonly memory?: Pick<MemoryStoreConfig, 'maxBytes' | 'maxEntries'> | undefined;
}

export interface ResponseCacheDeps {
  readonly redis: RedisLink | null;
  readonly metrics: Metrics;
  readonly health: Health;
  readonly log: Log;
}

/** How long an answer is good for where changes may happen that nobody tells of. */
export const unheardMs = 1_000;
/** Between two tries to remove from a Redis that refused to. */
const retryMs = 1_000;
/** A longer one is made anew each time. */
const maxBodyLength = 1024 * 1024;

/** What was looked for, and in which store. */
interface Looked {
  readonly from: CacheStore;
  readonly found: Look;
}

const hitOrMiss = ({ entry }: Look) => (entry ? 'hit' : 'miss');

/** A text is put into bytes when it is first given again, and not each time: that costs as much as all else that is done with it. */
const encoded = new WeakMap<Entry, Buffer>();

function bytesOf(entry: Entry): Buffer {
  let bytes = encoded.get(entry);
  if (!bytes) {
    bytes = Buffer.from(entry.body);
    encoded.set(entry, bytes);
  }
  return bytes;
}

export function createResponseCache({ enabled, memory: limits }: ResponseCacheConfig, deps: ResponseCacheDeps): ResponseCache {
  const { redis, metrics: registry, health, log } = deps;
  const memory = createMemoryStore({ ...limits, onEvicted: () => metrics.evicted(), onExpired: () => metrics.expired() });
  const shared = redis ? createRedisStore(redis) : null;
  const metrics = createCacheMetrics(registry, async () => (await figures()).memoryUsedBytes);
  const flights = createFlights();
  let hearing: Hearing = { isHearing: () => false, tell: () => undefined };
  /** Redis has been away: what was removed meanwhile is still there until it has been cleared. */
  let trusted = false;
  let retry: NodeJS.Timeout | undefined;
  let stopped = false;

  const store = () => (shared && trusted && redis?.isReady() ? shared : memory);
  /** Memory that stands in for Redis hears of no change that another instance makes. */
  const maxAgeMs = () => (hearing.isHearing() && store() === (shared ?? memory) ? Number.POSITIVE_INFINITY : unheardMs);

  async function trust(): Promise<void> {
    if (stopped || !shared || !redis?.isReady()) return;
    try {
      await shared.remove([everything]);
      trusted = true;
    } catch (error) {
      distrust(error);
    }
  }

  /** Where Redis is away its coming back is heard of; where it only refused, it is asked again. */
  function distrust(error: unknown): void {
    if (trusted || !retry) log.warn({ event: 'cache_not_removed', err: error }, 'Redis did not remove what was to be removed');
    trusted = false;
    clearTimeout(retry);
    retry = setTimeout(() => void trust(), retryMs).unref();
  }
  const forget = redis?.onChange((ready) => {
    if (ready) void trust();
    else trusted = false;
  });

  function timed<T>(operation: CacheOperation, work: () => NowOrLater<T>, result: (value: T) => string = () => 'ok'): NowOrLater<T> {
    const begun = performance.now();
    const value = andThen(work(), (value) => {
      metrics.operation(operation, result(value), (performance.now() - begun) / 1000);
      return value;
    });
    // What is done in memory does not fail.
    if (value instanceof Promise) value.catch(() => metrics.operation(operation, 'unavailable'));
    return value;
  }

  const lookIn = (store: CacheStore, { key, tags }: Question): NowOrLater<Looked> =>
    andThen(
      timed('get', () => store.look(key, tags), hitOrMiss),
      (found) => ({ from: store, found }),
    );

  /** In the store of the moment; where Redis goes away, in memory. */
  function look(question: Question): NowOrLater<Looked> {
    const looked = lookIn(store(), question);
    if (!(looked instanceof Promise)) return looked;
    return looked.catch((error: unknown) => {
      log.debug({ event: 'cache_unavailable', err: error }, 'Redis could not be asked');
      return lookIn(memory, question);
    });
  }

  async function keep(
    to: CacheStore,
    { key, tags, ttlMs, afresh }: Question,
    fence: string,
    answer: Answer,
    begunAt: number,
  ): Promise<void> {
    if (answer.body.length > maxBodyLength) return;
    const { body, total } = answer;
    try {
      await timed('set', () => to.write(key, { tags, fence, ttlMs, afresh, entry: { body, total, begunAt } }));
    } catch (error) {
      log.debug({ event: 'cache_unavailable', err: error }, 'an answer could not be kept');
    }
  }

  const ageMs = (begunAt: number) => Math.max(0, Date.now() - begunAt);

  function answer(question: Question, make: Make): NowOrLater<Answered> {
    if (!enabled) return make(undefined).then((made) => ({ ...made, state: 'BYPASS', ageSeconds: 0 }));
    return andThen(look(question), (looked) => kept(question, looked) ?? made(question, looked, make));
  }

  function kept({ type, afresh }: Question, { found: { entry } }: Looked): Answered | null {
    if (!entry || afresh) return null;
    const age = ageMs(entry.begunAt);
    if (age >= maxAgeMs()) return null;
    metrics.hit(type);
    const { body, total } = entry;
    return { body, bytes: type === 'rest' ? bytesOf(entry) : undefined, total, state: 'HIT', ageSeconds: Math.floor(age / 1000) };
  }

  async function made(question: Question, { from, found: { fence } }: Looked, make: Make): Promise<Answered> {
    const { key, tags, type, afresh } = question;
    const begin = async () => {
      const begunAt = Date.now();
      const made = await make(fence);
      await keep(from, question, fence, made, begunAt);
      return made;
    };
    // Those who want it afresh at the same time want the same; none of them waits for another instance, which may have been asked for less.
    if (afresh) {
      const { body, total } = await flights.share(`afresh ${from.kind} ${fence} ${key}`, { begin, kept: async () => null });
      return { body, total, state: 'BYPASS', ageSeconds: 0 };
    }
    metrics.miss(type);
    // By the fence too: who asks after a removal is not given what was begun before it.
    const { body, total } = await flights.share(`${from.kind} ${fence} ${key}`, {
      begin,
      lock: from.lock && (async (leaseMs) => from.lock?.(key, fence, leaseMs) ?? null),
      kept: async () => {
        const again = await from.look(key, tags);
        if (again.fence !== fence) return 'changed';
        return again.entry && ageMs(again.entry.begunAt) < maxAgeMs() ? again.entry : null;
      },
    });
    return { body, total, state: 'MISS', ageSeconds: 0 };
  }

  /** Whether every instance knows by it. */
  async function removeIn(tags: readonly string[], operation: CacheOperation = 'remove'): Promise<boolean> {
    await timed(operation, () => memory.remove(tags));
    if (!shared || !redis?.isReady()) return false;
    try {
      await timed(operation, () => shared.remove(tags));
      return true;
    } catch (error) {
      distrust(error);
      return false;
    }
  }

  const figures = async (): Promise<StoreFigures> => {
    const from = store();
    if (from === memory) return memory.figures();
    return from.figures().catch(() => memory.figures());
  };

  const unregister = health.register(
    'cache',
    async () => {
      if (!enabled) return { state: 'up', detail: 'off' };
      if (store() !== (shared ?? memory))
        return { state: 'degraded', detail: `Redis is away: answers are kept for ${unheardMs} ms, in this instance` };
      if (!hearing.isHearing()) return { state: 'up', detail: `changes are not heard of: answers are kept for ${unheardMs} ms` };
      return { state: 'up', detail: store().kind };
    },
    { critical: false },
  );
  void trust();

  return {
    enabled,
    answer,
    async remove(tags) {
      if (!enabled || tags.length === 0) return;
      if (!(await removeIn(tags))) hearing.tell(tags);
    },
    async removeHere(tags) {
      if (enabled && tags.length > 0) await removeIn(tags);
    },
    async forget() {
      if (enabled) await removeIn([everything]);
    },
    async clear() {
      if (!(await removeIn([everything], 'clear'))) hearing.tell([everything]);
      await memory.purge();
      await shared
        ?.purge()
        .catch((error: unknown) => log.warn({ event: 'cache_not_purged', err: error }, 'Redis keeps what nobody gets any more'));
    },
    async report() {
      const { keys, memoryUsedBytes, connectedClients } = await figures();
      const { hits, misses, hitRatio } = metrics;
      return { kind: store().kind, enabled, hits: hits(), misses: misses(), hitRatio: hitRatio(), keys, memoryUsedBytes, connectedClients };
    },
    setHearing(next) {
      hearing = next;
    },
    stop() {
      stopped = true;
      clearTimeout(retry);
      forget?.();
      unregister();
    },
  };
}
