import type { CacheStore, Entry } from './store.ts';
import { everything } from './tags.ts';

export interface MemoryStoreConfig {
  readonly maxEntries?: number | undefined;
  readonly maxBytes?: number | undefined;
  /** Tags whose last removal is remembered one by one. */
  readonly maxTags?: number | undefined;
  readonly now?: (() => number) | undefined;
  readonly onEvicted?: (() => void) | undefined;
  readonly onExpired?: (() => void) | undefined;
}

interface Kept {
  readonly tags: readonly string[];
  readonly fence: string;
  readonly entry: Entry;
  readonly until: number;
  readonly bytes: number;
}

/** What an entry costs beside its texts: objects, and its place in the map. */
const overheadBytes = 300;

/** Keeps answers in this process; bounded, the one used longest ago makes room. */
export function createMemoryStore(config: MemoryStoreConfig = {}): CacheStore {
  const { maxEntries = 10_000, maxBytes = 64 * 1024 * 1024, maxTags = 50_000, now = Date.now, onEvicted, onExpired } = config;
  /** By last use, the oldest first. */
  const entries = new Map<string, Kept>();
  /** When each tag was last removed, counted in removals. */
  const removals = new Map<string, number>();
  let count = 0;
  /** Of tags that are not remembered: as if all of them had been removed then. */
  let forgotten = 0;
  let usedBytes = 0;
  let latest: string | undefined;

  const fenceOf = (tags: readonly string[]) => {
    let last = removals.get(everything) ?? 0;
    for (const tag of tags) last = Math.max(last, removals.get(tag) ?? 0);
    return String(Math.max(last, forgotten));
  };

  function drop(key: string, { bytes }: Kept): void {
    entries.delete(key);
    usedBytes -= bytes;
  }

  function remove(tags: readonly string[]): void {
    count++;
    for (const tag of tags) {
      removals.delete(tag);
      removals.set(tag, count);
    }
    if (removals.size <= maxTags) return;
    removals.clear();
    forgotten = count;
  }

  return {
    kind: 'memory',
    look(key, tags) {
      const fence = fenceOf(tags);
      const kept = entries.get(key);
      if (!kept) return { entry: null, fence };
      const expired = kept.until <= now();
      if (expired) onExpired?.();
      if (expired || kept.fence !== fence) {
        drop(key, kept);
        return { entry: null, fence };
      }
      // Asked for again and again it is last already.
      if (key !== latest) {
        entries.delete(key);
        entries.set(key, kept);
        latest = key;
      }
      return { entry: kept.entry, fence };
    },
    async write(key, { tags, fence, entry, ttlMs }) {
      if (fence !== fenceOf(tags)) return;
      // As a text, and as the bytes that it is sent as.
      const bytes = 2 * key.length + 4 * entry.body.length + overheadBytes;
      if (bytes > maxBytes) return;
      const before = entries.get(key);
      if (before) drop(key, before);
      entries.set(key, { tags, fence, entry, until: now() + ttlMs, bytes });
      latest = key;
      usedBytes += bytes;
      for (const [oldest, kept] of entries) {
        if (entries.size <= maxEntries && usedBytes <= maxBytes) break;
        drop(oldest, kept);
        onEvicted?.();
      }
    },
    remove: async (tags) => remove(tags),
    async purge() {
      entries.clear();
      usedBytes = 0;
    },
    figures: async () => ({ keys: entries.size, memoryUsedBytes: usedBytes, connectedClients: 0 }),
  };
}
