import type { ResponsePath } from '@apollo/query-planner';
import { isInherited, isJsonObject, type JsonObject } from './json.ts';

/** A place in the answer: names of fields, and `@` for each element of a list. */
export type Place = readonly string[];

/** The place that a plan names; null where it is written in a way that is not known here. */
export function placeOf(path: ResponsePath): Place | null {
  return path.every((part) => typeof part === 'string' && /^(?:@|[_A-Za-z]\w*)$/.test(part) && !isInherited(part)) ? (path as Place) : null;
}

/** The objects at a place, in order. */
export function objectsAt(root: JsonObject, place: Place): JsonObject[] {
  const found: JsonObject[] = [];
  collect(root, place, 0, found);
  return found;
}

function collect(value: unknown, place: Place, depth: number, found: JsonObject[]): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    const inner = place[depth] === '@' ? depth + 1 : depth;
    for (const element of value) collect(element, place, inner, found);
  } else if (isJsonObject(value)) {
    if (depth === place.length) found.push(value);
    else collect(value[place[depth]!], place, depth + 1, found);
  }
}

type Path = readonly (string | number)[];

/** Where each object at a place is; more than once where it was put into the answer more than once. */
export function pathsAt(root: JsonObject, place: Place): Map<JsonObject, Path[]> {
  const found = new Map<JsonObject, Path[]>();
  const walk = (value: unknown, depth: number, path: Path): void => {
    if (Array.isArray(value)) {
      const inner = place[depth] === '@' ? depth + 1 : depth;
      for (const [index, element] of value.entries()) walk(element, inner, [...path, index]);
    } else if (isJsonObject(value)) {
      const key = place[depth];
      const paths = found.get(value);
      if (key !== undefined) walk(value[key], depth + 1, [...path, key]);
      else if (paths) paths.push(path);
      else found.set(value, [path]);
    }
  };
  walk(root, 0, []);
  return found;
}
