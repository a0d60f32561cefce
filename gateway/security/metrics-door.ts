import { createHash, timingSafeEqual } from 'node:crypto';
import { onRequest } from '@comptoir/platform/http-hook.ts';
import type { onRequestHookHandler } from 'fastify';
import { credentialsFromHeaders } from '../auth/credentials.ts';

const digest = (text: string) => createHash('sha256').update(text).digest();

/**
 * The onRequest hook that shows /metrics only to who knows the token, sent as any credential is. It is not a consumer's: metrics are wanted most while
 * accounts, which knows those, is away.
 */
export function createMetricsDoor(token: string): onRequestHookHandler {
  const expected = digest(token);
  return onRequest((request, reply) => {
    if (request.routeOptions.url !== '/metrics' || request.routeOptions.config.refusal) return;
    const given = credentialsFromHeaders(request.headers);
    if (given && timingSafeEqual(digest(given.key), expected)) return;
    reply
      .code(401)
      .headers({ 'www-authenticate': 'Bearer realm="Comptoir"', 'cache-control': 'no-store' })
      .send({ detail: 'Jeton des métriques absent ou invalide' });
  });
}
