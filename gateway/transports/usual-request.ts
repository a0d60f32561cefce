import { acceptsOnlyJson } from '@comptoir/platform/answer-status.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { planHeader } from '../execution/compiling-gateway.ts';
import type { UsualAnswer, UsualRequest } from '../execution/usual-operations.ts';

const json = 'application/json; charset=utf-8';
const graphqlJson = 'application/graphql-response+json; charset=utf-8';

/** What clients usually accept, and what Apollo Server answers them as. */
const mediaTypes: ReadonlyMap<string | undefined, string> = new Map([
  [undefined, json],
  ['*/*', json],
  ['application/json', json],
  ['application/json, */*', json],
  ['application/json, text/plain, */*', json],
  ['application/json, application/graphql-response+json', json],
  ['application/graphql-response+json', graphqlJson],
  ['application/graphql-response+json, application/json', graphqlJson],
  ['application/graphql-response+json, application/json;q=0.9', graphqlJson],
  ['application/graphql-response+json,application/json;q=0.9', graphqlJson],
]);

/** One operation asked for as clients usually do, of which only the operation itself may be wrong; null for everything else, which Apollo Server answers. */
export function readUsual({ method, headers, body }: FastifyRequest): UsualRequest | null {
  if (method !== 'POST' || !headers['content-type']?.startsWith('application/json') || !mediaTypes.has(headers.accept)) return null;
  if (planHeader in headers || !isRecord(body)) return null;
  const { query, variables, operationName, extensions } = body;
  if (typeof query !== 'string' || (extensions !== undefined && extensions !== null)) return null;
  if (variables !== undefined && variables !== null && !isRecord(variables)) return null;
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') return null;
  return { query, variables, operationName, cacheControl: headers['cache-control'] };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The text of the answer, with its status and headers. */
export function sendUsual({ text, status, headers }: UsualAnswer, { headers: { accept } }: FastifyRequest, reply: FastifyReply): string {
  reply.code(status === 400 && acceptsOnlyJson(accept) ? 200 : status);
  reply.headers(headers).type(mediaTypes.get(accept) ?? json);
  return text;
}
