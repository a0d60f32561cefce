/** What a subgraph answers, read from JSON. */
export type JsonObject = Record<string, unknown>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names that every object knows by inheritance. Where one of them is a key of an answer, the operation is left to the executor of Apollo's gateway. */
export function isInherited(key: string): boolean {
  return key in Object.prototype;
}

export function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (!isJsonObject(value)) return value;
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) if (!isInherited(key)) copy[key] = copyOf(value[key]);
  return copy as T;
}

/** Puts one part of an answer into another that is at the same place. Of the source, whose values are taken over as they are, nobody else may hold anything. */
export function merge(target: JsonObject, source: JsonObject): void {
  for (const key of Object.keys(source)) {
    const from = source[key];
    if (from === undefined || isInherited(key)) continue;
    const to = target[key];
    if (isJsonObject(from) && isJsonObject(to)) merge(to, from);
    else if (Array.isArray(from) && Array.isArray(to) && from.length === to.length) mergeLists(to, from);
    else target[key] = from;
  }
}

function mergeLists(target: unknown[], source: readonly unknown[]): void {
  for (const [index, from] of source.entries()) {
    const to = target[index];
    if (isJsonObject(from) && isJsonObject(to)) merge(to, from);
    else target[index] = from;
  }
}
