import type { Log } from '@comptoir/platform/log.ts';
import { createLru } from '../lru.ts';
import type { RedisLink } from '../redis/link.ts';

/** Texts that clients sent once and name by their digest from then on. */
export interface PersistedStore {
  get(id: string): Promise<string | undefined>;
  set(id: string, text: string): Promise<void>;
}

const keptHere = 1_000;
/** A day after its last use; a client whose text is forgotten sends it again. */
const keptInRedisSeconds = 86_400;

/** Bounded memory of this process, and Redis behind it, so that what one gateway was told the others know. */
export function createPersistedStore(redis: RedisLink | null, { log }: { log: Log }): PersistedStore {
  const here = createLru<string, string>(keptHere);
  const key = (id: string) => redis!.key(`persisted:${id}`);
  const without = (error: unknown) => {
    // The client is asked for the text again: nothing is lost but time.
    log.debug({ event: 'persisted_store_failed', err: error }, 'Redis cannot be asked for persisted operations');
    return null;
  };
  return {
    async get(id) {
      const known = here.get(id);
      if (known !== undefined || !redis) return known;
      const text = await redis.run((client) => client.getEx(key(id), { type: 'EX', value: keptInRedisSeconds })).catch(without);
      if (typeof text !== 'string') return undefined;
      here.set(id, text);
      return text;
    },
    async set(id, text) {
      if (here.get(id) !== undefined) return;
      here.set(id, text);
      await redis?.run((client) => client.set(key(id), text, { expiration: { type: 'EX', value: keptInRedisSeconds } })).catch(without);
    },
  };
}
