import type { PolicyDefinition } from './queue-limits.ts';

export interface Policy {
  readonly name: string;
  readonly pattern: RegExp;
  readonly applyTo: 'all' | 'queues' | 'exchanges';
  readonly definition: PolicyDefinition;
  readonly priority: number;
}

const knownKeys: ReadonlySet<string> = new Set([
  'dead-letter-exchange',
  'dead-letter-routing-key',
  'message-ttl',
  'expires',
  'max-length',
  'max-length-bytes',
  'overflow',
  'delivery-limit',
  'alternate-exchange',
]);
const scopes = ['all', 'queues', 'exchanges'] as const;

/** Reads the body of a policy request; throws an Error that says what is wrong with it. */
export function parsePolicy(name: string, body: unknown): Policy {
  if (typeof body !== 'object' || body === null) throw new Error('a policy is an object');
  const { pattern, definition, priority = 0, 'apply-to': applyTo = 'all' } = body as Record<string, unknown>;
  if (typeof pattern !== 'string') throw new Error('pattern must be a regular expression');
  if (typeof definition !== 'object' || definition === null) throw new Error('definition must be an object');
  const unknown = Object.keys(definition).filter((key) => !knownKeys.has(key));
  if (unknown.length > 0) throw new Error(`the development broker does not know ${unknown.join(', ')}`);
  if (typeof priority !== 'number') throw new Error('priority must be a number');
  const scope = scopes.find((known) => known === applyTo);
  if (!scope) throw new Error(`apply-to must be one of ${scopes.join(', ')}`);
  return { name, pattern: new RegExp(pattern), applyTo: scope, definition: definition as PolicyDefinition, priority };
}

/** A name is under one policy only: the matching one of the highest priority. */
export function policyFor(policies: Iterable<Policy>, kind: 'queue' | 'exchange', name: string): Policy | undefined {
  const matching = [...policies].filter(({ applyTo, pattern }) => (applyTo === 'all' || applyTo === `${kind}s`) && pattern.test(name));
  return matching.sort((a, b) => b.priority - a.priority)[0];
}
