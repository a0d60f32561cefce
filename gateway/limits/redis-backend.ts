import type { RedisLink } from '../redis/link.ts';
import { redisScript } from '../redis/script.ts';
import type { LimitBackend } from './backend.ts';

/** KEYS: counters; ARGV: window in ms and limit of each. Answers used and ms left of each, up to the first that is past its limit. */
const countScript = redisScript(`
local answer = {}
for i, key in ipairs(KEYS) do
  local windowMs, limit = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  local used, left = tonumber(redis.call('GET', key) or '0'), redis.call('PTTL', key)
  if left < 0 then used = 0 end
  if used <= limit then
    used = used + 1
    if left < 0 then
      left = windowMs
      redis.call('SET', key, used, 'PX', windowMs)
    else
      redis.call('INCR', key)
    end
  end
  answer[#answer + 1] = used
  answer[#answer + 1] = left
  if used > limit then break end
end
return answer
`);

/**
 * A bucket is the moment at which it is full again, by Redis' own clock, which all gateways share. KEYS: it; ARGV: capacity, ms to fill, tokens to take.
 * Answers whether they were taken, tokens left, ms until the next and ms until full, the last three as text since Redis cuts numbers.
 */
const takeScript = redisScript(`
local capacity, fillMs, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local emptyBy = math.max(0, tonumber(redis.call('GET', KEYS[1]) or '0') - now)
local msPerToken = fillMs / capacity
local taken = 0
if capacity - emptyBy / msPerToken - cost > -1e-6 then
  taken = 1
  emptyBy = emptyBy + cost * msPerToken
  if cost > 0 then redis.call('SET', KEYS[1], string.format('%.3f', now + emptyBy), 'PX', math.ceil(emptyBy) + 1) end
end
local left = capacity - emptyBy / msPerToken
local remaining = math.max(0, math.floor(left + 1e-6))
local nextMs = remaining >= 1 and 0 or (1 - left) * msPerToken
return { taken, remaining, string.format('%.3f', nextMs), string.format('%.3f', emptyBy) }
`);

/** Counts in Redis: one step there for each request, so that gateways that count at the same moment never let one too many through. */
export function createRedisBackend(link: RedisLink): LimitBackend {
  return {
    async count(windows) {
      const keys = windows.map(({ key }) => link.key(`limit:${key}`));
      const answer = (await countScript(
        link,
        keys,
        windows.flatMap(({ windowMs, limit }) => [windowMs, limit]),
      )) as number[];
      return Array.from({ length: answer.length / 2 }, (_, index) => ({
        used: Number(answer[2 * index]),
        resetMs: Number(answer[2 * index + 1]),
      }));
    },
    async take(key, { capacity, fillMs }, cost) {
      const answer = (await takeScript(link, [link.key(`limit:${key}`)], [capacity, fillMs, cost])) as (number | string)[];
      const [taken = 0, remaining = 0, nextMs = 0, fullMs = 0] = answer.map(Number);
      return { taken: taken === 1, remaining, nextMs, fullMs };
    },
    stop: async () => undefined,
  };
}
