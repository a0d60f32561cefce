import { CombinedGraphQLErrors, ServerError } from '@apollo/client';

/** One fault of the input, at its place. */
interface Fault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Code of the error catalogue; NETWORK where no answer of the graph came. */
export function errorCode(error: unknown): string {
  if (!CombinedGraphQLErrors.is(error)) return 'NETWORK';
  const code = error.errors[0]?.extensions?.code;
  return typeof code === 'string' ? code : 'INTERNAL';
}

/** Seconds until what was past a limit has a chance again; null where it was refused, or lost, for another reason. */
export function retryAfterSeconds(error: unknown): number | null {
  if (ServerError.is(error)) return error.statusCode === 429 ? Number(error.response.headers.get('retry-after')) || 1 : null;
  if (errorCode(error) !== 'RATE_LIMITED') return null;
  const seconds = (error as CombinedGraphQLErrors).errors[0]?.extensions?.retryAfter;
  return typeof seconds === 'number' ? seconds : 1;
}

/** The faults the server found in the input, if it named any. */
export function inputFaults(error: unknown): readonly Fault[] {
  if (!CombinedGraphQLErrors.is(error)) return [];
  const faults = error.errors[0]?.extensions?.faults;
  return Array.isArray(faults) ? faults.filter(isFault) : [];
}

function isFault(value: unknown): value is Fault {
  return (
    typeof value === 'object' &&
    value !== null &&
    'path' in value &&
    Array.isArray(value.path) &&
    'message' in value &&
    typeof value.message === 'string'
  );
}
