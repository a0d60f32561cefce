import { randomBytes } from 'node:crypto';
import type { RedisLink } from '../redis/link.ts';
import type { CacheStore, Entry, StoreFigures } from './store.ts';
import { everything } from './tags.ts';

/** Much longer than anything is kept. A version that is gone, by this or because Redis needed room, makes what was kept under it worthless, and no more. */
const versionMs = 24 * 3_600_000;
/** Looks at the keyspace for one count or purge, of about a thousand keys each: a bound, not an expectation. */
const maxScans = 1_000;

/** Gives each tag a version that has none, and answers all of them. */
const versionsScript = `
for _, key in ipairs(KEYS) do redis.call('SET', key, ARGV[1], 'NX', 'PX', ARGV[2]) end
return redis.call('MGET', unpack(KEYS))`;
const unlockScript = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/**
 * Keeps answers in Redis, for all instances. Each tag has a version there, a random text that a removal replaces; a fence is the versions of the tags.
 * Every method rejects with RedisAway while Redis is away.
 */
export function createRedisStore(redis: RedisLink): CacheStore {
  const entryKey = (key: string) => redis.key(`cache:entry:${key}`);
  const versionKey = (tag: string) => redis.key(`cache:tag:${tag}`);
  const token = () => randomBytes(9).toString('base64url');

  async function ensured(keys: readonly string[]): Promise<string[]> {
    const versions = await redis.run((client) => client.eval(versionsScript, { keys: [...keys], arguments: [token(), String(versionMs)] }));
    return (versions as unknown[]).map(String);
  }

  async function remove(tags: readonly string[]): Promise<void> {
    const version = token();
    await Promise.all(
      tags.map((tag) => redis.run((client) => client.set(versionKey(tag), version, { expiration: { type: 'PX', value: versionMs } }))),
    );
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

  return {
    kind: 'redis',
    async look(key, tags) {
      const versionKeys = [everything, ...tags].map(versionKey);
      const [text = null, ...found] = await redis.run((client) => client.mGet([entryKey(key), ...versionKeys]));
      const known = found.filter((version) => version !== null);
      const versions = known.length === found.length ? known : await ensured(versionKeys);
      const fence = versions.join('.');
      return { entry: text === null ? null : decode(text, fence), fence };
    },
    async write(key, { fence, entry, ttlMs }) {
      await redis.run((client) => client.set(entryKey(key), encode(entry, fence), { expiration: { type: 'PX', value: ttlMs } }));
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

/** A line for what is told of the answer, then the answer. */
function encode({ begunAt, total, body }: Entry, fence: string): string {
  return `${fence} ${begunAt} ${total ?? ''}\n${body}`;
}

function decode(text: string, fence: string): Entry | null {
  const end = text.indexOf('\n');
  const [of, begunAt, total = ''] = text.slice(0, end).split(' ');
  if (of !== fence) return null;
  return { begunAt: Number(begunAt), total: total === '' ? null : Number(total), body: text.slice(end + 1) };
}

/** Of the answer to INFO. */
function figure(info: string, name: string): number {
  return Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? Number.NaN);
}

/** A prefix as a pattern that means nothing but itself. */
function escaped(prefix: string): string {
  return prefix.replace(/[*?[\]\\^]/g, '\\$&');
}
