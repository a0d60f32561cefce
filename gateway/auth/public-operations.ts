import { getOperationAST, Kind, parse } from 'graphql';
import type { OperationRequest } from '../subscriptions/prepare.ts';
import type { Caller } from './caller.ts';

/** Who has no credential: may only ask for what is public, and at the subgraphs for what carries no rule. */
export const guestCaller: Caller = { consumerId: 'guest', name: 'guest', roles: [], stores: [], limits: { perMinute: 0, perHour: 0 } };

/** Signing in takes one field; more at once are attempts to guess. */
const maxFields = 2;
const maxTokens = 500;

/**
 * Whether an operation may be run without a credential: a mutation all of whose root fields are public, and few. Fragments at the root are not looked into: no client
 * needs one there. What cannot be read is not public.
 * @param publicFields of Mutation, by the @public of the supergraph.
 */
export function isPublicOperation({ query, operationName }: OperationRequest, publicFields: ReadonlySet<string>): boolean {
  if (publicFields.size === 0) return false;
  let operation: ReturnType<typeof getOperationAST>;
  try {
    operation = getOperationAST(parse(query, { maxTokens, noLocation: true }), operationName);
  } catch {
    return false;
  }
  if (operation?.operation !== 'mutation') return false;
  const { selections } = operation.selectionSet;
  return selections.length <= maxFields && selections.every((field) => field.kind === Kind.FIELD && publicFields.has(field.name.value));
}
