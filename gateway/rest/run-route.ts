import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../auth/caller.ts';
import type { Graph } from '../graph.ts';
import { refusalOf } from './answer-error.ts';
import { type AnyRestRoute, successOf } from './define-route.ts';
import { readSlice } from './lists.ts';
import { readInput } from './read-input.ts';
import { Refusal } from './refusal.ts';

/** A route's way: check what came, run its document on behalf of the caller, answer what the route makes of the data. */
export function createRouteHandler(route: AnyRestRoute, graph: Graph) {
  const { status } = successOf(route);

  return async function answerRoute(request: FastifyRequest, reply: FastifyReply, caller: Caller): Promise<FastifyReply> {
    const { input, slice, faults } = readInput(route, request);
    if (faults.length > 0) {
      const answer = route.invalidBody?.(faults);
      if (!answer) throw new Refusal('BAD_USER_INPUT', faults);
      return reply.code(answer.status).send(answer.body);
    }
    // biome-ignore lint/suspicious/noExplicitAny: the data is the document's, whose shape the route says.
    const read = async (page: Record<string, unknown> = {}): Promise<any> => {
      const { data, errors } = await graph.execute({
        document: route.document,
        variables: given({ ...route.variables?.(input), ...page }),
        principal: caller,
        signal: request.signal,
        headers: { ...request.headers, 'x-request-id': request.id },
      });
      if (errors && errors.length > 0) throw refusalOf(errors);
      if (!data) throw new Refusal('INTERNAL', 'The graph answered neither data nor errors');
      refuseOutcomes(data);
      return data;
    };
    if (route.list) {
      const { list } = route;
      const { nodes, total } = await readSlice(slice, async (page) => list(await read(page)));
      reply.header('X-Total-Count', total);
      return reply.code(status).send(nodes.map((node) => route.respond(node, input)));
    }
    const body = route.respond(await read(), input);
    return reply.code(status).send(status === 204 ? undefined : body);
  };
}

/** graphql-js takes a variable that is there but undefined for an explicit null. */
function given(variables: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));
}

/** Outcomes that mean the same in every union of the graph. */
function refuseOutcomes(data: Readonly<Record<string, unknown>>): void {
  for (const value of Object.values(data)) {
    const outcome = (value as { __typename?: unknown } | null)?.__typename;
    if (outcome === 'IdempotencyConflict') throw new Refusal('IDEMPOTENCY_CONFLICT');
    if (outcome === 'NotFound') throw new Refusal('NOT_FOUND');
  }
}
