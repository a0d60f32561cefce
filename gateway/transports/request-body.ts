import { ComptoirError } from '@comptoir/platform/errors.ts';
import type { FastifyRequest } from 'fastify';
import type { OperationRequest } from '../subscriptions/prepare.ts';

export interface GraphqlHttpRequest extends OperationRequest {
  readonly extensions: Readonly<Record<string, unknown>>;
}

/**
 * The operation in a GraphQL request over HTTP: JSON in the body of a POST, parameters in the query of a GET.
 * @throws ComptoirError BAD_REQUEST that says what is wrong.
 */
export function readGraphqlRequest(request: FastifyRequest): GraphqlHttpRequest {
  const given = request.method === 'GET' ? fromQuery(request.query) : request.body;
  if (!isObject(given)) throw new ComptoirError('BAD_REQUEST', 'The body must be a JSON object with the operation in "query"');
  const { query, operationName, variables, extensions } = given;
  if (typeof query !== 'string' || query === '') throw new ComptoirError('BAD_REQUEST', '"query" must be a string with an operation');
  if (operationName != null && typeof operationName !== 'string')
    throw new ComptoirError('BAD_REQUEST', '"operationName" must be a string');
  if (variables != null && !isObject(variables)) throw new ComptoirError('BAD_REQUEST', '"variables" must be an object');
  if (extensions != null && !isObject(extensions)) throw new ComptoirError('BAD_REQUEST', '"extensions" must be an object');
  return { query, operationName, variables, extensions: extensions ?? {} };
}

function fromQuery(query: unknown): Record<string, unknown> {
  const given = { ...(query as Record<string, unknown>) };
  for (const name of ['variables', 'extensions']) {
    const text = given[name];
    if (typeof text !== 'string') continue;
    try {
      given[name] = text === '' ? undefined : JSON.parse(text);
    } catch (cause) {
      throw new ComptoirError('BAD_REQUEST', `"${name}" must be JSON`, { cause });
    }
  }
  return given;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
