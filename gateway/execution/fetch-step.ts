import type { FetchNode } from '@apollo/query-planner';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { rootKeysOf } from '../fetch/errors.ts';
import type { PreparedFetch, SubgraphAnswer } from '../fetch/subgraph-source.ts';
import { isJsonObject, type JsonObject, merge } from './json.ts';
import { objectsAt, type Place, pathsAt } from './places.ts';
import { compileRepresentation } from './representations.ts';
import { compileRewrites, type Rewrite } from './rewrites.ts';
import type { Run, Step, Variables } from './run.ts';
import { Unsupported } from './unsupported.ts';

export interface FetchPlace {
  readonly supergraph: GraphQLSchema;
  /** Of the objects that the fetch completes; empty for the whole answer. */
  readonly place: Place;
  /** It is all of the plan: nothing is put into what it answers. */
  readonly alone: boolean;
}

/** @throws Unsupported */
export function compileFetch(node: FetchNode, { supergraph, place, alone }: FetchPlace): Step {
  // Apollo's executor knows nothing of them either.
  if (node.contextRewrites?.length) throw new Unsupported('@context');
  const rewriteAnswer = compileRewrites(node.outputRewrites, supergraph);
  const request = compileRequest(node, alone && !rewriteAnswer);
  if (!node.requires) return fetchFields(request, place, rewriteAnswer);
  if (node.variableUsages?.includes('representations')) throw new Unsupported('a variable called representations');
  return fetchEntities(request, place, {
    represent: compileRepresentation(node.requires, supergraph),
    rewriteRequest: compileRewrites(node.inputRewrites, supergraph),
    rewriteAnswer,
  });
}

interface Request {
  readonly serviceName: string;
  /** @param representations of entities, as JSON; left out where none are asked for */
  prepare(variables: Variables, representations?: readonly string[]): PreparedFetch;
}

function compileRequest(
  { serviceName, operation, operationName, operationKind, variableUsages = [] }: FetchNode,
  readOnly: boolean,
): Request {
  // In the order in which `ask` writes them: equal fetches have equal bodies.
  const head = `${JSON.stringify({ query: operation, operationName }).slice(0, -1)},"variables":{`;
  const used = variableUsages.map((name) => ({ name, key: `${JSON.stringify(name)}:` }));
  const isMutation = operationKind === 'mutation';
  const known = rootKeysOf(operation);
  const rootKeys = () => known;
  return {
    serviceName,
    prepare(variables, representations) {
      let given = '';
      for (const { name, key } of used) {
        const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
        if (value !== undefined) given += `${given && ','}${key}${JSON.stringify(value)}`;
      }
      if (representations) given += `${given && ','}"representations":[${representations.join()}]`;
      return { body: `${head}${given}}}`, isMutation, rootKeys, readOnly };
    },
  };
}

function send({ sources, context }: Run, serviceName: string, prepared: PreparedFetch): Promise<SubgraphAnswer> {
  const source = sources.get(serviceName);
  if (!source) throw new Error(`There is no subgraph "${serviceName}"`);
  return source.fetch(prepared, context);
}

function fetchFields(request: Request, place: Place, rewriteAnswer: Rewrite | null): Step {
  return async (run) => {
    const targets = objectsAt(run.data, place);
    if (targets.length === 0) return;
    const { data, errors } = await send(run, request.serviceName, request.prepare(run.variables));
    for (const error of errors ?? []) run.errors.push(placed(error, error.path && [...place, ...error.path]));
    if (!data) return;
    rewriteAnswer?.(data);
    for (const target of targets) merge(target, data);
  };
}

interface EntityWays {
  readonly represent: (entity: JsonObject) => JsonObject | null;
  readonly rewriteRequest: Rewrite | null;
  readonly rewriteAnswer: Rewrite | null;
}

/** Asks for the entities at a place, each once however often it is there. */
function fetchEntities(request: Request, place: Place, { represent, rewriteRequest, rewriteAnswer }: EntityWays): Step {
  return async (run) => {
    const groups = new Map<string, JsonObject[]>();
    const representations: string[] = [];
    for (const target of objectsAt(run.data, place)) {
      const representation = represent(target);
      if (!representation) continue;
      const key = JSON.stringify(representation);
      const same = groups.get(key);
      if (same) {
        same.push(target);
        continue;
      }
      groups.set(key, [target]);
      rewriteRequest?.(representation);
      representations.push(rewriteRequest ? JSON.stringify(representation) : key);
    }
    if (representations.length === 0) return;
    const { data, errors } = await send(run, request.serviceName, request.prepare(run.variables, representations));
    const targets = [...groups.values()];
    if (errors) tellOfEntities(run, place, targets, errors);
    if (!data) return;
    const entities = data._entities;
    const fault = Array.isArray(entities)
      ? entities.length !== targets.length && `Expected "data._entities" to contain ${targets.length} elements`
      : 'Expected "data._entities" in response to be an array';
    if (fault) return void run.errors.push(new GraphQLError(fault, { originalError: new Error(fault) }));
    for (const [index, entity] of entities.entries()) putEntity(run, entity, targets[index]!, rewriteAnswer);
  };
}

function putEntity(run: Run, entity: unknown, targets: readonly JsonObject[], rewriteAnswer: Rewrite | null): void {
  if (!isJsonObject(entity)) {
    run.dangles ||= entity === null;
    return;
  }
  if (rewriteAnswer) {
    entity.__typename ||= targets[0]!.__typename;
    rewriteAnswer(entity);
  }
  for (const target of targets) merge(target, entity);
}

/** The errors of single entities at every place that shares the entity. */
function tellOfEntities(run: Run, place: Place, targets: readonly JsonObject[][], errors: readonly GraphQLError[]): void {
  const paths = pathsAt(run.data, place);
  for (const error of errors) {
    const [, index, ...rest] = error.path ?? [];
    if (typeof index !== 'number') {
      run.errors.push(placed(error, error.path && [...place, ...error.path]));
      continue;
    }
    const found = new Set(targets[index]).size > 0 ? [...new Set(targets[index])].flatMap((target) => paths.get(target) ?? []) : [[]];
    for (const path of found) run.errors.push(placed(error, [...path, ...rest]));
  }
}

/** The error of a subgraph, at its place in the whole answer. */
function placed(error: GraphQLError, path: readonly (string | number)[] | undefined): GraphQLError {
  return new GraphQLError(error.message, { originalError: error, path, extensions: error.extensions });
}
