import type { Log } from '@comptoir/platform/log.ts';
import { maskErrors } from '@comptoir/platform/mask-errors.ts';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** How an error goes out to clients: the platform's way, and the parser's refusal of a long document as the limit it is. */
export function createFormatError({ production, log }: { production: boolean; log: Log }) {
  const mask = maskErrors({ production, log });
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    if (/^Syntax Error: Document contains more that \d+ tokens/.test(formatted.message)) {
      return {
        message: production ? 'The operation exceeds the limit of tokens' : formatted.message.replace('Syntax Error: ', ''),
        extensions: { code: 'OPERATION_LIMIT' },
      };
    }
    if (isLimit(error)) return { message: formatted.message, extensions: { code: 'OPERATION_LIMIT' } };
    return withWhereabouts(mask(withPlainPath(formatted), error), formatted);
  };
}

/** What a client needs of a part that is away: which one, and that and when another try may succeed. */
function withWhereabouts(masked: GraphQLFormattedError, { extensions: { serviceName, retryAfterSeconds } = {} }: GraphQLFormattedError) {
  if (masked.extensions?.code !== 'SERVICE_UNAVAILABLE' || typeof serviceName !== 'string') return masked;
  const whereabouts = { service: serviceName, retryable: true, ...(typeof retryAfterSeconds === 'number' && { retryAfterSeconds }) };
  return { ...masked, extensions: { ...masked.extensions, ...whereabouts } };
}

/** The executor writes `@` for "each of the list" where it cannot tell which; clients know names and indices only. */
function withPlainPath({ path, ...rest }: GraphQLFormattedError): GraphQLFormattedError {
  const plain = path?.slice(0, path.includes('@') ? path.indexOf('@') : undefined);
  return plain?.length ? { ...rest, path: plain } : rest;
}

/** Apollo Server gives every error of validation the code of validation; ours is in the error it wrapped. */
function isLimit(error: unknown): boolean {
  return error instanceof GraphQLError && (error.extensions.code === 'OPERATION_LIMIT' || isLimit(error.originalError));
}
