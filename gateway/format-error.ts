import { maskErrors } from '@comptoir/platform/errors.ts';
import type { Log } from '@comptoir/platform/log.ts';
import type { GraphQLFormattedError } from 'graphql';

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
    return mask(formatted, error);
  };
}
