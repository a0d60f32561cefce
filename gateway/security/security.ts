import type { HttpServer } from '@comptoir/platform/http.ts';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import Fastify from 'fastify';
import { answerPolicy } from './content-policy.ts';

/** What pages of other origins may read besides the body. */
const exposedHeaders = [
  ...['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset', 'RateLimit-Policy', 'Retry-After'],
  ...['X-Request-Id', 'X-Instance-Id', 'X-Response-Time', 'X-Total-Count', 'X-Cache', 'Age', 'WWW-Authenticate', 'Location'],
];
const preflightMaxAgeSeconds = 600;
const hstsSeconds = 31_536_000;

/**
 * Security headers on every answer, and CORS for the origins that were configured: pages of others cannot read anything here. Routes that serve pages set a
 * Content-Security-Policy of their own.
 */
export function registerSecurity(
  { app, addHeaders }: Pick<HttpServer, 'app' | 'addHeaders'>,
  { corsOrigins }: { corsOrigins: readonly string[] },
): void {
  app.addHook('onReady', async () =>
    addHeaders({
      ...(await helmetHeaders()),
      'content-security-policy': answerPolicy,
      'permissions-policy': 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()',
    }),
  );
  app.addHook('onRequest', (request, reply, next) => {
    if (request.protocol === 'https') reply.header('strict-transport-security', `max-age=${hstsSeconds}; includeSubDomains`);
    next();
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
      // To the hooks of every request, which tell its limits, and to the route, which tells its methods.
      preflightContinue: true,
    });
}

/** What helmet sets, which is the same on every answer: it is asked once, and not for each. */
async function helmetHeaders(): Promise<Record<string, string>> {
  const app = Fastify();
  await app.register(helmet, {
    // Set by us, in the form in which routes can replace it.
    contentSecurityPolicy: false,
    // Known only where a proxy says that TLS is in front.
    strictTransportSecurity: false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
  app.get('/', (_request, reply) => reply.code(204).send());
  const { headers } = await app.inject('/');
  await app.close();
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (helmetSets(name) ? [[name, String(value)]] : [])));
}

const ofHttp = new Set(['date', 'connection', 'content-length', 'content-type', 'keep-alive']);
const helmetSets = (name: string) => !ofHttp.has(name);
