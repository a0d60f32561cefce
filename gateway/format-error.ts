import type { Log } from '@comptoir/platform/log.ts';
import { maskErrors } from '@comptoir/platform/mask-errors.ts';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { withoutForeignNames } from './hide-names.ts';

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
    // In words that do not tell what answers here.
    if (formatted.extensions?.validationErrorCode === 'INTROSPECTION_DISABLED')
      return { message: 'Introspection is closed here.', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } };
    const limit = limitIn(error);
    if (limit) {
      // Where the limit lies is in there in development only.
      const { http: _, ...extensions } = limit.extensions;
      return { message: formatted.message, extensions };
    }
    const told = production && isOfValidator(formatted, error) ? hideNames(formatted, error) : formatted;
    return withWait(withWhereabouts(mask(withPlainPath(told), error), formatted), formatted);
  };
}

/** What a client needs of a part that is away: which one, and that and when another try may succeed. */
function withWhereabouts(masked: GraphQLFormattedError, { extensions: { serviceName, retryAfterSeconds } = {} }: GraphQLFormattedError) {
  if (masked.extensions?.code !== 'SERVICE_UNAVAILABLE' || typeof serviceName !== 'string') return masked;
  const whereabouts = { service: serviceName, retryable: true, ...(typeof retryAfterSeconds === 'number' && { retryAfterSeconds }) };
  return { ...masked, extensions: { ...masked.extensions, ...whereabouts } };
}

/** How long to wait, in seconds, where something was asked too often. */
function withWait(masked: GraphQLFormattedError, { extensions: { retryAfter } = {} }: GraphQLFormattedError): GraphQLFormattedError {
  if (masked.extensions?.code !== 'RATE_LIMITED' || typeof retryAfter !== 'number') return masked;
  return { ...masked, extensions: { ...masked.extensions, retryAfter } };
}

/** The executor writes `@` for "each of the list" where it cannot tell which; clients know names and indices only. */
function withPlainPath({ path, ...rest }: GraphQLFormattedError): GraphQLFormattedError {
  const plain = path?.slice(0, path.includes('@') ? path.indexOf('@') : undefined);
  return plain?.length ? { ...rest, path: plain } : rest;
}

/** Apollo Server gives every error of validation the code of validation; ours is in the error it wrapped. */
function limitIn(error: unknown): GraphQLError | null {
  if (!(error instanceof GraphQLError)) return null;
  return error.extensions.code === 'OPERATION_LIMIT' ? error : limitIn(error.originalError);
}

function isOfValidator({ extensions }: GraphQLFormattedError, error: unknown): boolean {
  return extensions?.code === 'GRAPHQL_VALIDATION_FAILED' && error instanceof GraphQLError;
}

function hideNames(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  return { ...formatted, message: withoutForeignNames(formatted.message, error) };
}
