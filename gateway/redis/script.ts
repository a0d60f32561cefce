import { createHash } from 'node:crypto';
import type { RedisLink } from './link.ts';

/** Runs a Lua script, which Redis does in one step; sent by its digest where Redis knows it already. Throws what `link.run` throws. */
export type RedisScript = (link: RedisLink, keys: readonly string[], args: readonly (string | number)[]) => Promise<unknown>;

export function redisScript(lua: string): RedisScript {
  const digest = createHash('sha1').update(lua).digest('hex');
  return async (link, keys, args) => {
    const given = { keys: [...keys], arguments: args.map(String) };
    try {
      return await link.run((client) => client.evalSha(digest, given));
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return link.run((client) => client.eval(lua, given));
    }
  };
}
