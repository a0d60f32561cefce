import { randomBytes } from 'node:crypto';
import { createLru } from '../lru.ts';
import type { RedisLink } from '../redis/link.ts';
import type { CacheStore, Entry, StoreFigures } from './store.ts';
import { everything } from './tags.ts';

/** Much longer than anything is kept. A version that is gone, by this or because Redis needed room, makes what was kept under it worthless, and no more. */
const versionMs = 24 * 3_600_000;
/** Looks at the keyspace for one count or purge, of about a thousand keys each: a bound, not an expectation. */
const maxScans = 1_000;

/** Entries that an instance holds besides, and the longest of them: 16 MiB at most, which is small beside what Redis has. */
const maxCopies = 256;
const maxCopyLength = 32 * 1024;

/** Gives each tag a version that has none, and answers all of them. */
const versionsScript = `
for _, key in ipairs(KEYS) do redis.call('SET', key, ARGV[1], 'NX', 'PX', ARGV[2]) end
return redis.call('MGET', unpack(KEYS))`;
const unlockScript = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/**
 * Keeps answers in Redis, for all instances. Each tag has a version there, a random text that a removal replaces; a fence is the versions of the tags, and
 * that of the entry itself where it was made afresh while it was good. What an instance has read it holds, too: who asks for it again asks Redis for the
 * versions only, as what is kept under the same ones is the same. Every method rejects with RedisAway while Redis is away.
 */
export function createRedisStore(redis: RedisLink): CacheStore {
  const entryKey = (key: string) => redis.key(`cache:entry:${key}`);
  const versionKey = (tag: string) => redis.key(`cache:tag:${tag}`);
  const afreshKey = (key: string) => redis.key(`cache:afresh:${key}`);
  const forVersion = { expiration: { type: 'PX', value: versionMs } } as const;
  const copies = createLru<string, Copy>(maxCopies);
  const token = () => randomBytes(9).toString('base64url');

  async function ensured(keys: readonly string[]): Promise<string[]> {
    const versions = await redis.run((client) => client.eval(versionsScript, { keys: [...keys], arguments: [token(), String(versionMs)] }));
    return (versions as unknown[]).map(String);
  }

  async function remove(tags: readonly string[]): Promise<void> {
    const version = token();
    await Promise.all(tags.map((tag) => redis.run((client) => client.set(versionKey(tag), version, forVersion))));
  }

  async function scan(onKeys: (keys: string[]) => unknown): Promise<void> {
    let cursor = '0';
    for (let scans = 0; scans < maxScans; scans++) {
      const at = cursor;
      const page = await redis.run((client) => client.scan(at, { MATCH: `${escaped(entryKey(''))}*`, COUNT: 1_000 }));
      if (page.keys.length > 0) await onKeys(page.keys);
      cursor = page.cursor;
      if (cursor === '0') return;
    }
  }

  function copyOf(key: string): Copy | undefined {
    const copy = copies.get(key);
    if (!copy || copy.until > Date.now()) return copy;
    copies.delete(key);
    return undefined;
  }

  function hold(key: string, copy: Copy): void {
    if (copy.entry.body.length <= maxCopyLength) copies.set(key, copy);
    else copies.delete(key);
  }

  return {
    kind: 'redis',
    async look(key, tags) {
      const copy = copyOf(key);
      const versionKeys = [everything, ...tags].map(versionKey);
      const asked = [afreshKey(key), ...versionKeys];
      const [madeAfresh, ...found] = await redis.run((client) => client.mGet(copy ? asked : [...asked, entryKey(key)]));
      let text = copy ? null : found.pop();
      const known = found.filter((version) => version !== null);
      const versions = known.length === found.length ? known : await ensured(versionKeys);
      const fence = fenceOf(versions as string[], madeAfresh);
      if (copy?.fence === fence) return { entry: copy.entry, fence };
      // Read later than the versions, it is not given unless it is of these.
      if (copy) text = await redis.run((client) => client.get(entryKey(key)));
      const read = text ? decode(text) : null;
      if (read?.fence !== fence) return { entry: null, fence };
      hold(key, read);
      return { entry: read.entry, fence };
    },
    async write(key, { tags, fence: looked, entry, ttlMs, afresh }) {
      let fence = looked;
      if (afresh) {
        // Others may hold one under the same versions, which is not to be given any more.
        const version = token();
        fence = fenceOf(looked.split('.').slice(0, 1 + tags.length), version);
        await redis.run((client) => client.set(afreshKey(key), version, forVersion));
      }
      const kept = { fence, until: Date.now() + ttlMs, entry };
      await redis.run((client) => client.set(entryKey(key), encode(kept), { expiration: { type: 'PX', value: ttlMs } }));
      hold(key, kept);
    },
    remove,
    purge: () => scan((keys) => redis.run((client) => client.unlink(keys))),
    async lock(key, fence, leaseMs) {
      const lockKey = redis.key(`cache:lock:${key}:${fence}`);
      const mine = token();
      const taken = await redis.run((client) => client.set(lockKey, mine, { condition: 'NX', expiration: { type: 'PX', value: leaseMs } }));
      if (taken === null) return null;
      return async () => void (await redis.run((client) => client.eval(unlockScript, { keys: [lockKey], arguments: [mine] })));
    },
    async figures(): Promise<StoreFigures> {
      let keys = 0;
      await scan((page) => {
        keys += page.length;
      });
      const info = await redis.run((client) => client.info());
      return { keys, memoryUsedBytes: figure(info, 'used_memory'), connectedClients: figure(info, 'connected_clients') };
    },
  };
}

/** An entry with what it is good for. */
interface Copy {
  readonly entry: Entry;
  readonly fence: string;
  /** In ms since 1970. */
  readonly until: number;
}

/** @param madeAfresh the version of the entry itself, where it has one */
function fenceOf(versions: readonly string[], madeAfresh: string | null | undefined): string {
  return (madeAfresh ? [...versions, madeAfresh] : versions).join('.');
}

/** A line for what is told of the answer, then the answer. */
function encode({ fence, until, entry: { begunAt, total, body } }: Copy): string {
  return `${fence} ${begunAt} ${total ?? ''} ${until}\n${body}`;
}

function decode(text: string): Copy {
  const end = text.indexOf('\n');
  // An instance of an earlier version does not say how long it is good: it is not held.
  const [fence = '', begunAt, total = '', until = 0] = text.slice(0, end).split(' ');
  const entry = { begunAt: Number(begunAt), total: total === '' ? null : Number(total), body: text.slice(end + 1) };
  return { fence, until: Number(until), entry };
}

/** Of the answer to INFO. */
function figure(info: string, name: string): number {
  return Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? Number.NaN);
}

/** A prefix as a pattern that means nothing but itself. */
function escaped(prefix: string): string {
  return prefix.replace(/[*?[\]\\^]/g, '\\$&');
}
