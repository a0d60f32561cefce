import type { GraphQLFormattedError } from 'graphql';

/** Whole seconds, as headers have them; rounded up, so that who waits that long has waited long enough. */
export function wholeSeconds(ms: number): number {
  return Math.ceil(ms / 1000);
}

/** What `Retry-After` and `extensions.retryAfter` say: at least a second. */
export function retryAfterSeconds(retryMs: number): number {
  return Math.max(1, wholeSeconds(retryMs));
}

/** What is past a limit, as GraphQL clients read it; `retryAfter` is in seconds. */
export function graphqlRefusal(retryMs: number, path?: readonly (string | number)[]): GraphQLFormattedError {
  const retryAfter = retryAfterSeconds(retryMs);
  return {
    message: `Too many requests. Try again in ${retryAfter} s.`,
    ...(path && { path }),
    extensions: { code: 'RATE_LIMITED', retryAfter },
  };
}
