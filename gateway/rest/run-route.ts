import { andThen, type NowOrLater } from '@comptoir/platform/now-or-later.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Kind, parse } from 'graphql';
import type { Caller } from '../auth/caller.ts';
import { answerKept, type RestCache, type RestQuestion } from '../cache/rest-answers.ts';
import { createInFlight } from '../fetch/in-flight.ts';
import { principalKey } from '../fetch/signer.ts';
import type { Graph } from '../graph.ts';
import { createLru } from '../lru.ts';
import { refusalOf } from './answer-error.ts';
import { type AnyRestRoute, successOf } from './define-route.ts';
import { type PageVariables, readSlice } from './lists.ts';
import { refuseOutcomes } from './outcomes.ts';
import type { Patience } from './patience.ts';
import { type ReadInput, readInput } from './read-input.ts';
import { Refusal } from './refusal.ts';

interface Asked extends ReadInput {
  readonly variables: Record<string, unknown>;
  readonly question: Omit<RestQuestion, 'caller'>;
}

/** Who asks, and for how long. */
interface Asker {
  readonly caller: Caller;
  readonly patience: Patience;
}

interface Made {
  readonly body: unknown;
  /** Of a list: how many there are in all. */
  readonly total: number | null;
}

type Make = (asker: Caller, how: { signal?: AbortSignal | undefined; fence?: string | undefined }) => Promise<Made>;

/** URLs that each route remembers. */
const maxAsked = 500;
const maxUrlLength = 500;

/** A route's way: check what came, run its document on behalf of the caller, answer what the route makes of the data. */
export function createRouteHandler(route: AnyRestRoute, { graph, cache }: { graph: Graph; cache?: RestCache | undefined }) {
  const { status } = successOf(route);
  const declared = variablesOf(route.document);
  const name = `${route.method} ${route.path}`;
  /** What came with a GET is all in its URL: of one that came before it is known. */
  const isRead = route.method === 'GET';
  const asked = createLru<string, Asked>(maxAsked);
  const flights = createInFlight<Made>();

  function ask(request: FastifyRequest): Asked {
    const read = readInput(route, request);
    const { input, slice, faults } = read;
    const variables = faults.length > 0 ? {} : (route.variables?.(input) ?? {});
    // A query that the route does not read changes nothing of its answer.
    const parts = [input.params, route.request?.query && input.query, slice];
    return { ...read, variables, question: { route: name, document: route.document, input: parts, variables } };
  }

  /** A GET whose answer is nobody else's is still made once for all who ask it at the same time with the same credential, as for a screen that many look at. */
  function share(request: FastifyRequest, { caller, patience }: Asker, make: Make): Promise<Made> {
    return flights.share(`${graph.written()} ${principalKey(caller)} ${request.url}`, patience.signal(), async (signal) =>
      toText(await make(caller, { signal })),
    );
  }

  return function answerRoute(request: FastifyRequest, reply: FastifyReply, asker: Asker): NowOrLater<void> {
    const { caller, patience } = asker;
    const known = isRead ? asked.get(request.url) : undefined;
    const { input, slice, faults, variables, question } = known ?? ask(request);
    if (isRead && !known && faults.length === 0 && request.url.length <= maxUrlLength)
      asked.set(request.url, { input, slice, faults, variables, question });
    if (faults.length > 0) {
      const answer = route.invalidBody?.(faults);
      if (!answer) throw new Refusal('BAD_USER_INPUT', faults);
      return void reply.code(answer.status).send(answer.body);
    }
    const make: Make = async (asker, { signal, fence }) => {
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
    const send = ({ body, total }: Made) => {
      // Too late: the client was told so.
      if (reply.sent) return;
      if (total !== null) reply.header('x-total-count', total);
      if (isRead) reply.header('content-type', 'application/json; charset=utf-8');
      reply.code(status).send(status === 204 ? undefined : body);
    };
    // What is kept for others too is not given up when the one who asked first has gone.
    const kept = cache
      ? answerKept(cache, { ...question, caller }, { request, reply }, async (asker, fence) => toText(await make(asker, { fence })))
      : null;
    return andThen(kept, (kept) => {
      if (kept) return send({ body: kept.bytes ?? kept.body, total: kept.total });
      return (isRead ? share(request, asker, make) : make(caller, { signal: patience.signal() })).then(send);
    });
  };
}

const toText = ({ body, total }: Made) => ({ body: JSON.stringify(body), total });

/** graphql-js takes a variable that is there but undefined for an explicit null. */
function given(variables: Record<string, unknown>, declared: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(variables).filter(([name, value]) => value !== undefined && declared.has(name)));
}

function variablesOf(document: string): ReadonlySet<string> {
  const operation = parse(document).definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return new Set(operation?.variableDefinitions?.map(({ variable }) => variable.name.value));
}
