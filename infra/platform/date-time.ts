import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** `DateTime` of schema/sdl/shared.graphql: a Date inside, ISO 8601 in UTC with milliseconds outside. Takes any offset, but not a time without one. */
export const dateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize(value) {
    const date = value instanceof Date ? value : typeof value === 'string' || typeof value === 'number' ? new Date(value) : null;
    if (!date || Number.isNaN(date.getTime())) throw new TypeError('DateTime cannot represent a value that is not an instant');
    return date.toISOString();
  },
  parseValue: (value) => parseInstant(value),
  parseLiteral(node) {
    if (node.kind !== Kind.STRING) throw new GraphQLError('DateTime must be a string, e.g. "2026-02-27T10:18:26.000Z".', { nodes: node });
    return parseInstant(node.value);
  },
});

function parseInstant(value: unknown): Date {
  const date = typeof value === 'string' && instant.test(value) ? new Date(value) : null;
  if (!date || Number.isNaN(date.getTime()) || !dayExists(value as string)) {
    throw new GraphQLError('DateTime must be an ISO 8601 instant with its offset, e.g. "2026-02-27T10:18:26.000Z".');
  }
  return date;
}

/** JavaScript takes 31 February for 3 March. */
function dayExists(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
