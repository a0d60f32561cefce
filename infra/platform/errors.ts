import { type ErrorCode, errorCatalogue, isErrorCode } from '@comptoir/schema/errors.ts';
import type { GraphQLErrorExtensions } from 'graphql';
// This one module of it: workers, which know no graph, start in half the time.
import { GraphQLError } from 'graphql/error/GraphQLError.js';

/** One thing that is wrong with an input. */
export interface Fault {
  /** Where: names of arguments and fields, indices of lists. */
  path: (string | number)[];
  /** What, for a person. */
  message: string;
}

/** An error of the catalogue (schema/errors.ts): its code says what becomes of it in GraphQL, REST and messages. Its message is shown to callers. */
export class ComptoirError extends Error {
  override readonly name = 'ComptoirError';
  readonly code: ErrorCode;
  /** For BAD_USER_INPUT: everything that is wrong with it. */
  readonly faults?: readonly Fault[];

  constructor(code: ErrorCode, message?: string, options: { faults?: readonly Fault[]; cause?: unknown } = {}) {
    super(message ?? errorCatalogue[code].meaning, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    if (options.faults) this.faults = options.faults;
  }
}

/** BAD_USER_INPUT that names every fault. */
export function badUserInput(faults: readonly Fault[]): ComptoirError {
  return new ComptoirError('BAD_USER_INPUT', faults.map(describeFault).join('; '), { faults });
}

function describeFault({ path, message }: Fault): string {
  return path.length === 0 ? message : `${describePath(path)}: ${message}`;
}

/** E.g. `input.tasks[3].n1`. */
export function describePath(path: readonly (string | number)[]): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

/** Status of an HTTP answer that tells of this error. */
export function httpStatusOf(error: unknown): number {
  return error instanceof ComptoirError ? errorCatalogue[error.code].httpStatus : 500;
}

/** The ComptoirError that an error is, or was made of (by `originalError`, as graphql-js wraps what resolvers throw); else null. */
export function findComptoirError(error: unknown): ComptoirError | null {
  let current = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth++) {
    if (current instanceof ComptoirError) return current;
    current = current instanceof GraphQLError ? current.originalError : null;
  }
  return null;
}

/** The error as GraphQL has it: code and faults in the extensions. Anything but a ComptoirError or GraphQLError becomes INTERNAL, with no word of what it was. */
export function toGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  if (error instanceof ComptoirError) {
    return new GraphQLError(error.message, { extensions: graphqlExtensions(error), originalError: error });
  }
  return new GraphQLError(errorCatalogue.INTERNAL.meaning, {
    extensions: { code: 'INTERNAL' },
    originalError: error instanceof Error ? error : new Error(String(error)),
  });
}

export function graphqlExtensions({ code, faults }: Pick<ComptoirError, 'code' | 'faults'>): GraphQLErrorExtensions {
  return faults ? { code, faults } : { code };
}

/** Codes of Apollo Server and graphql-js, in the catalogue's terms. */
const foreignCodes: Readonly<Record<string, ErrorCode>> = {
  GRAPHQL_PARSE_FAILED: 'BAD_REQUEST',
  GRAPHQL_VALIDATION_FAILED: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_REQUEST',
  INTERNAL_SERVER_ERROR: 'INTERNAL',
};

/** The catalogue's code for what `extensions.code` holds; INTERNAL where it says nothing. */
export function errorCodeOf(code: unknown): ErrorCode {
  if (isErrorCode(code)) return code;
  return (typeof code === 'string' && Object.hasOwn(foreignCodes, code) && foreignCodes[code]) || 'INTERNAL';
}
