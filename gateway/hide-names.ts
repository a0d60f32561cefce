import { GraphQLError } from 'graphql';

/** Known to everybody. */
const common = new Set(['Query', 'Mutation', 'Subscription', 'Int', 'Float', 'String', 'Boolean', 'ID']);

/**
 * A message of the validator without names of the schema that the client did not write itself: the type of a field, an argument it left out, what it may
 * have meant. Who asks often enough could put the schema together from them, though introspection is closed.
 */
export function withoutForeignNames(message: string, error: unknown): string {
  const own = new Set([...common, ...(sourceOf(error).match(/\w+/g) ?? [])]);
  return message
    .replace(/ Did you mean .*\?/s, '')
    .replace(/"([^"]*)"/g, (quoted, text: string) => ((text.match(/\w+/g) ?? []).every((name) => own.has(name)) ? quoted : '"…"'));
}

/** The text that the error is about; where that is not known, no name is the client's own. */
function sourceOf(error: unknown): string {
  if (!(error instanceof GraphQLError)) return '';
  return error.source?.body ?? error.nodes?.find(({ loc }) => loc)?.loc?.source.body ?? sourceOf(error.originalError);
}
