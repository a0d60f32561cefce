import type { PolicyDefinition } from './queue-limits.ts';

export interface Policy {
  readonly name: string;
  readonly pattern: RegExp;
  readonly applyTo: 'all' | 'queues' | 'exchanges';
  readonly definition: PolicyDefinition;
  readonly priority: number;
}

const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 0;
const isText = (value: unknown) => typeof value === 'string';

/** The keys that mean something here, with what their values must be. */
const rules: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['dead-letter-exchange', isText],
  ['dead-letter-routing-key', isText],
  ['alternate-exchange', isText],
  ['overflow', (value) => value === 'drop-head' || value === 'reject-publish' || value === 'reject-publish-dlx'],
  ['message-ttl', isCount],
  ['expires', (value) => isCount(value) && value !== 0],
  ['max-length', isCount],
  ['max-length-bytes', isCount],
  ['delivery-limit', isCount],
]);
const scopes = ['all', 'queues', 'exchanges'] as const;

/** Reads the body of a policy request; throws an Error that says what is wrong with it. */
export function parsePolicy(name: string, body: unknown): Policy {
  if (typeof body !== 'object' || body === null) throw new Error('a policy is an object');
  const { pattern, definition, priority = 0, 'apply-to': applyTo = 'all' } = body as Record<string, unknown>;
  if (typeof pattern !== 'string') throw new Error('pattern must be a regular expression');
  if (typeof definition !== 'object' || definition === null) throw new Error('definition must be an object');
  for (const [key, value] of Object.entries(definition)) {
    const isValid = rules.get(key);
    if (!isValid) throw new Error(`the development broker does not know ${key}`);
    if (!isValid(value)) throw new Error(`${key} cannot be ${JSON.stringify(value)}`);
  }
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
