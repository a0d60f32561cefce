import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import { answerPolicy } from './content-policy.ts';

/** What pages of other origins may read besides the body. */
const exposedHeaders = [
  ...['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset', 'RateLimit-Policy', 'Retry-After'],
  ...['X-Request-Id', 'X-Instance-Id', 'X-Response-Time', 'X-Total-Count', 'X-Cache', 'Age', 'WWW-Authenticate', 'Location'],
];
const preflightMaxAgeSeconds = 600;
const hstsSeconds = 31_536_000;

/**
 * Security headers on every answer, and CORS for the origins that were configured: pages of others cannot read anything here. To be called before hooks
 * that refuse requests, whose refusals are to carry the headers too. Routes that serve pages set a Content-Security-Policy of their own.
 */
export function registerSecurity(app: FastifyInstance, { corsOrigins }: { corsOrigins: readonly string[] }): void {
  app.register(helmet, {
    // Set below, in the form in which routes can replace it.
    contentSecurityPolicy: false,
    // Known only where a proxy says that TLS is in front.
    strictTransportSecurity: false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('content-security-policy', answerPolicy);
    reply.header('permissions-policy', 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()');
    if (request.protocol === 'https') reply.header('strict-transport-security', `max-age=${hstsSeconds}; includeSubDomains`);
  });
  if (corsOrigins.length > 0)
    app.register(cors, {
      origin: [...corsOrigins],
      methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
      exposedHeaders,
      maxAge: preflightMaxAgeSeconds,
      // Credentials are headers that a page has to know; there are no cookies.
      credentials: false,
      strictPreflight: false,
    });
}
