import type { IncomingMessage } from 'node:http';
import { toGraphQLError } from '@comptoir/platform/errors.ts';
import { GraphQLError } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { Caller } from '../auth/caller.ts';
import type { Limits } from '../limits/limits.ts';
import { graphqlRefusal } from '../limits/refusal.ts';
import type { PersistedOperations } from '../persisted/persisted.ts';

export interface AdmissionDeps {
  readonly charge: Limits['charge'];
  readonly addressOf: (request: IncomingMessage) => string;
  readonly persisted: PersistedOperations;
}

/** What HTTP does before a request gets to the graph, for one operation over a WebSocket: it counts as a request, and its text is found by its digest. */
export async function admitOperation(
  payload: SubscribePayload,
  { caller, request }: { caller: Caller; request: IncomingMessage },
  { charge, addressOf, persisted }: AdmissionDeps,
): Promise<{ readonly payload: SubscribePayload } | { readonly refusal: GraphQLError }> {
  const verdict = await charge(caller, addressOf(request), 'websocket');
  if (!verdict.allowed) {
    const { message, extensions } = graphqlRefusal(verdict.retryMs);
    return { refusal: new GraphQLError(message, { extensions: extensions ?? null }) };
  }
  try {
    const query = await persisted.read(payload, caller.roles);
    return { payload: query === null ? payload : { ...payload, query } };
  } catch (error) {
    return { refusal: toGraphQLError(error) };
  }
}
