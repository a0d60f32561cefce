import { errorCodeOf } from '@comptoir/platform/errors.ts';
import { GraphQLError, type GraphQLFormattedError, Kind, parse } from 'graphql';
import { DispatchError } from './dispatch.ts';

/** The error that a field answers while its subgraph cannot be asked: which one, and when it is worth another try. */
export function serviceUnavailable(service: string, cause: unknown): GraphQLError {
  const retryAfterMs = cause instanceof DispatchError ? cause.retryAfterMs : 1_000;
  return new GraphQLError(`The service "${service}" is not available at the moment`, {
    originalError: cause instanceof Error ? cause : null,
    path: [],
    extensions: { code: 'SERVICE_UNAVAILABLE', serviceName: service, retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1_000)) },
  });
}

/** The keys of the fields at the root of a fetch; none for a fetch of entities, which has its place in the answer already. */
export function rootKeysOf(query: string): string[] {
  const [operation] = parse(query, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return [];
  const keys = operation.selectionSet.selections.flatMap((selection) =>
    selection.kind === Kind.FIELD ? [selection.alias?.value ?? selection.name.value] : [],
  );
  return keys.includes('_entities') ? [] : keys;
}

/** The error once for each field that was asked at the root of a fetch, so that clients see which ones are missing. */
export function atEachField(error: GraphQLError, rootKeys: readonly string[]): GraphQLError[] {
  if (rootKeys.length === 0) return [error];
  const { message, originalError, extensions } = error;
  return rootKeys.map((key) => new GraphQLError(message, { originalError, extensions, path: [key] }));
}

/** What clients may see of an error that a subgraph answered: its message, a code of the catalogue, the faults of bad input and the reference into our logs. */
export function subgraphError(error: GraphQLFormattedError, service: string): GraphQLError {
  const { code, faults, reference } = error.extensions ?? {};
  return new GraphQLError(
    typeof error.message === 'string' && error.message !== '' ? error.message : 'The service answered an error without a message',
    {
      path: placeOf(error.path),
      extensions: {
        code: errorCodeOf(code),
        ...(Array.isArray(faults) && { faults }),
        ...(typeof reference === 'string' && { reference }),
        serviceName: service,
      },
    },
  );
}

/** A path as the executor can put it into the whole answer: relative to the entity where one is meant, empty for all of the fetch. */
function placeOf(path: readonly (string | number)[] | undefined): readonly (string | number)[] {
  if (path?.[0] === '_entities' && typeof path[1] !== 'number') return [];
  return path ?? [];
}
