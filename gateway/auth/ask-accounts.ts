import { ComptoirError } from '@comptoir/platform/errors.ts';
import { roles as knownRoles, type Role } from '@comptoir/platform/principal.ts';
import type { SubgraphSource } from '../fetch/subgraph-source.ts';
import type { Caller } from './caller.ts';

/** In whose name the gateway asks whose a credential is. */
const gatewayCaller: Caller = {
  consumerId: 'gateway',
  name: 'gateway',
  roles: ['ADMIN'],
  stores: null,
  limits: { perMinute: Number.MAX_SAFE_INTEGER, perHour: Number.MAX_SAFE_INTEGER },
};

const consumer = 'id name roles stores { id } limits { perMinute perHour }';
/** Fields of the graph that clients cannot see. */
const queries = {
  consumerByApiKey: `query ConsumerByApiKey($value: String!) { consumerByApiKey(key: $value) { ${consumer} } }`,
  consumerBySession: `query ConsumerBySession($value: ID!) { consumerBySession(id: $value) { ${consumer} } }`,
};

/**
 * Whose the key or session is, with the rights there are now; null for one that nobody knows or that is over.
 * @throws ComptoirError SERVICE_UNAVAILABLE while the subgraph that knows cannot be asked.
 */
export async function askAccounts(
  accounts: Pick<SubgraphSource, 'ask'>,
  field: keyof typeof queries,
  value: string,
): Promise<Caller | null> {
  const unavailable = (cause: unknown) =>
    new ComptoirError('SERVICE_UNAVAILABLE', 'Credentials cannot be checked at the moment', { cause });
  const operationName = `${field[0]?.toUpperCase()}${field.slice(1)}`;
  const answer = await accounts
    .ask({ query: queries[field], variables: { value }, operationName }, { caller: gatewayCaller })
    .catch((cause: unknown) => {
      throw unavailable(cause);
    });
  if (answer.errors) throw unavailable(answer.errors[0]);
  return toCaller(answer.data?.[field]);
}

interface Answered {
  id: string;
  name: string;
  roles: unknown[];
  stores?: { id: string }[] | null;
  limits: Caller['limits'];
}

function toCaller(consumer: Answered | null | undefined): Caller | null {
  if (!consumer) return null;
  const { id, name, roles, stores, limits } = consumer;
  return {
    consumerId: id,
    name,
    // A role that a newer subgraph knows and this gateway does not gives no right here.
    roles: roles.filter((role): role is Role => knownRoles.includes(role as Role)),
    stores: stores?.map((store) => store.id) ?? null,
    limits: { perMinute: limits.perMinute, perHour: limits.perHour },
  };
}
