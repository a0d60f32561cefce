import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { errorCodeOf, type Fault, findComptoirError, graphqlExtensions } from './errors.ts';
import { faultsOf, isInputError } from './graphql-faults.ts';
import type { Log } from './log.ts';
import { operationSignal } from './operation-signal.ts';
import { isOutage } from './outage.ts';

export interface MaskOptions {
  /** In production nothing helps to guess the schema: suggestions ("Did you mean") are left out. */
  production: boolean;
  log: Log;
}

/** Codes of protocols rather than of ours, which clients act on. */
const protocolCodes = new Set(['PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_SUPPORTED']);

/**
 * Apollo Server's `formatError`. Errors of the catalogue go out as they are; what graphql-js says of an input becomes BAD_USER_INPUT with its faults;
 * what is away becomes SERVICE_UNAVAILABLE; anything else becomes INTERNAL with a reference under which the log holds the whole error.
 */
export function maskErrors({ production, log }: MaskOptions) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const place = { ...(formatted.locations && { locations: formatted.locations }), ...(formatted.path && { path: formatted.path }) };
    const ours = findComptoirError(error);
    if (ours && ours.code !== 'INTERNAL') return { message: ours.message, ...place, extensions: graphqlExtensions(ours) };

    const { code: givenCode, reference, faults: givenFaults } = formatted.extensions ?? {};
    if (typeof givenCode === 'string' && protocolCodes.has(givenCode)) {
      return { message: formatted.message, extensions: { code: givenCode } };
    }
    const code = isInputError(error) ? 'BAD_USER_INPUT' : errorCodeOf(givenCode);
    if (code !== 'INTERNAL') {
      const message = withoutSuggestions(formatted.message, production);
      const faults = Array.isArray(givenFaults)
        ? (givenFaults as Fault[])
        : code === 'BAD_USER_INPUT'
          ? faultsOf(error, message)
          : undefined;
      return { message, ...place, extensions: graphqlExtensions({ code, faults }) };
    }

    // An answer of a subgraph, masked there already: the reference leads to that log.
    if (typeof reference === 'string') return { message: formatted.message, ...place, extensions: { code, reference } };
    const err = cause(error);
    if (operationSignal()?.aborted) {
      // Most likely it went wrong because it was given up, as a statement that was cancelled; nobody reads the answer.
      log.info({ event: 'operation_given_up', path: formatted.path, err }, 'an operation was given up');
      return { message: 'It was given up: its time was over', ...place, extensions: { code: 'SERVICE_UNAVAILABLE' } };
    }
    // A database that is away, or too busy for another session, is nothing to look into the log for: whoever asks again may be answered.
    if (isOutage(err)) {
      log.warn({ event: 'dependency_away', path: formatted.path, err }, 'what an operation needs is away');
      return { message: 'What is needed for it is away for now; try again later', ...place, extensions: { code: 'SERVICE_UNAVAILABLE' } };
    }
    const newReference = randomUUID();
    log.error({ event: 'unexpected_error', reference: newReference, path: formatted.path, err }, 'unexpected error');
    return { message: `Something went wrong. Reference: ${newReference}`, ...place, extensions: { code, reference: newReference } };
  };
}

function withoutSuggestions(message: string, production: boolean): string {
  return production ? message.replace(/ Did you mean .*\?/, '') : message;
}

function cause(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? error.originalError : error;
}
