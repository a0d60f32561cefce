import type { FastifyReply, FastifyRequest } from 'fastify';
import { Kind, parse } from 'graphql';
import type { Caller } from '../auth/caller.ts';
import { answerKept, type RestCache } from '../cache/rest-answers.ts';
import type { Graph } from '../graph.ts';
import { refusalOf } from './answer-error.ts';
import { type AnyRestRoute, successOf } from './define-route.ts';
import { type PageVariables, readSlice } from './lists.ts';
import { refuseOutcomes } from './outcomes.ts';
import { readInput } from './read-input.ts';
import { Refusal } from './refusal.ts';

/** A route's way: check what came, run its document on behalf of the caller, answer what the route makes of the data. */
export function createRouteHandler(route: AnyRestRoute, { graph, cache }: { graph: Graph; cache?: RestCache | undefined }) {
  const { status } = successOf(route);
  const declared = variablesOf(route.document);

  return async function answerRoute(request: FastifyRequest, reply: FastifyReply, caller: Caller): Promise<FastifyReply> {
    const { input, slice, faults } = readInput(route, request);
    if (faults.length > 0) {
      const answer = route.invalidBody?.(faults);
      if (!answer) throw new Refusal('BAD_USER_INPUT', faults);
      return reply.code(answer.status).send(answer.body);
    }
    const variables = route.variables?.(input) ?? {};
    // What is kept for others too is not given up when the one who asked first has gone.
    const make = async (asker: Caller, { signal, fence }: { signal?: AbortSignal; fence?: string | undefined }) => {
      // biome-ignore lint/suspicious/noExplicitAny: the data is the document's, whose shape the route says.
      const read = async (page?: PageVariables): Promise<any> => {
        const { data, errors } = await graph.execute({
          document: route.document,
          variables: given({ ...variables, ...page }, declared),
          principal: asker,
          signal,
          headers: { ...request.headers, 'x-request-id': request.id },
          fence,
        });
        if (errors && errors.length > 0) throw refusalOf(errors, route);
        if (!data) throw new Refusal('INTERNAL', 'The graph answered neither data nor errors');
        refuseOutcomes(route, data, input);
        return data;
      };
      const { list } = route;
      if (!list) return { body: route.respond(await read(), input), total: null };
      const { nodes, total } = await readSlice(slice, {
        takesOffset: declared.has('offset'),
        read: async (page) => list(await read(page)),
      });
      return { body: nodes.map((node) => route.respond(node, input)), total };
    };
    // A query that the route does not read changes nothing of its answer.
    const asked = [input.params, route.request?.query && input.query, slice];
    const question = { route: `${route.method} ${route.path}`, document: route.document, input: asked, variables, caller };
    const kept =
      cache &&
      (await answerKept(cache, question, { request, reply }, async (asker, fence) => {
        const { body, total } = await make(asker, { fence });
        return { body: JSON.stringify(body), total };
      }));
    const { body, total } = kept ?? (await make(caller, { signal: request.signal }));
    if (total !== null) reply.header('X-Total-Count', total);
    if (kept) reply.type('application/json; charset=utf-8');
    return reply.code(status).send(status === 204 ? undefined : body);
  };
}

/** graphql-js takes a variable that is there but undefined for an explicit null. */
function given(variables: Record<string, unknown>, declared: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(variables).filter(([name, value]) => value !== undefined && declared.has(name)));
}

function variablesOf(document: string): ReadonlySet<string> {
  const operation = parse(document).definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return new Set(operation?.variableDefinitions?.map(({ variable }) => variable.name.value));
}
