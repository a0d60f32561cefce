import { jsonFaultAt } from '@comptoir/platform/json-fault.ts';
import type { FastifyRequest } from 'fastify';
import type { RestFault } from './faults.ts';
import { Refusal } from './refusal.ts';

const json = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

/** A body as it was read: a value, undefined where there is none, or the fault that keeps it from being read. */
export type ReadBody = { readonly value: unknown; readonly fault?: undefined } | { readonly fault: RestFault };

/**
 * Reads the body, which the REST scope leaves as bytes, as JSON.
 * @throws Refusal with status 415 where the client says it is something else, or compressed.
 */
export function readJsonBody(request: FastifyRequest): ReadBody {
  const bytes = request.body;
  if (!(bytes instanceof Uint8Array) || bytes.length === 0) return { value: undefined };
  if (!json.test(request.headers['content-type'] ?? '')) {
    throw new Refusal('BAD_REQUEST', 'Type de contenu non pris en charge : application/json attendu.', { status: 415 });
  }
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw new Refusal('BAD_REQUEST', 'Encodage du corps non pris en charge : à envoyer sans compression.', { status: 415 });
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { fault: { loc: ['body'], msg: 'Le corps n’est pas de l’UTF-8', type: 'json_invalid' } };
  }
  try {
    return { value: JSON.parse(text) };
  } catch {
    const position = jsonFaultAt(text) ?? 0;
    return { fault: { loc: ['body', position], msg: `JSON illisible à la position ${position}`, type: 'json_invalid' } };
  }
}
