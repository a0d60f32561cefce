import type { QueryConfig } from 'pg';

/** Distinct texts that are prepared at most, so that texts somebody puts together cannot fill the server's memory. */
const mostNames = 500;
const names = new Map<string, string>();
/** Parameters of statements whose text is written by hand: what an ORM makes up differs from call to call and is not worth keeping. */
const handWritten = new WeakSet<readonly unknown[]>();

/** Marks parameters: the statement that they go with is prepared. Returns them. */
export function worthPreparing<Parameters extends readonly unknown[]>(parameters: Parameters): Parameters {
  handWritten.add(parameters);
  return parameters;
}

/**
 * A statement under a name of its own, by which a connection parses and plans it once: planning costs our statements as much as running them. Such a statement
 * names its columns, for one with `*` fails once a migration has changed them.
 */
export function named(text: string, values: readonly unknown[]): QueryConfig {
  // One without parameters may be several in one text, which cannot be prepared.
  if (values.length === 0) return { text };
  let name = names.get(text);
  if (name === undefined && names.size < mostNames) {
    name = `comptoir_${names.size + 1}`;
    names.set(text, name);
  }
  return { ...(name !== undefined && { name }), text, values: values as unknown[] };
}

/** For a client's `query`: names what was marked, leaves the rest as it is. */
export function prepareMarked(parameters: readonly unknown[]): readonly unknown[] {
  const [text, values, ...rest] = parameters;
  return typeof text === 'string' && Array.isArray(values) && handWritten.has(values) ? [named(text, values), ...rest] : parameters;
}
