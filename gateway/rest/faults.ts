import type { z } from 'zod';

/** One fault of a request, in the shape FastAPI's clients know. */
export interface RestFault {
  /** Where: body, query, path or header, then the names and indexes that lead there. */
  readonly loc: readonly (string | number)[];
  /** What is wrong, for a person. */
  readonly msg: string;
  /** What is wrong, for a program; pydantic's names. */
  readonly type: string;
}

export type FaultPlace = 'body' | 'query' | 'path' | 'header';

/** Every fault that a schema found, none left out: an unknown field is a fault of its own. `input` is what was parsed. */
export function faultsOf(place: FaultPlace, error: z.ZodError, input: unknown): RestFault[] {
  return error.issues.flatMap((issue) => issueFaults(place, issue, input));
}

function issueFaults(place: FaultPlace, issue: z.core.$ZodIssue, input: unknown): RestFault[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  const loc = [place, ...path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ loc: [...loc, key], msg: 'Champ inconnu', type: 'extra_forbidden' }));
  }
  const value = valueAt(input, path);
  if (value === undefined) return [{ loc, msg: 'Champ requis', type: 'missing' }];
  return [{ loc, ...describe(issue, value, place) }];
}

function describe(issue: z.core.$ZodIssue, value: unknown, place: FaultPlace): { msg: string; type: string } {
  // Everything in a query or a path is text, so there a wrong type means a text that cannot be read as that type.
  const suffix = place === 'body' ? 'type' : 'parsing';
  switch (issue.code) {
    case 'invalid_type':
      switch (issue.expected as string) {
        case 'number':
          if (typeof value === 'number') return { msg: 'Doit être un nombre fini', type: 'finite_number' };
          return { msg: 'Doit être un nombre', type: `float_${suffix}` };
        case 'int':
          return { msg: 'Doit être un entier', type: typeof value === 'number' ? 'int_from_float' : `int_${suffix}` };
        case 'string':
          return { msg: 'Doit être un texte', type: 'string_type' };
        case 'boolean':
          return { msg: 'Doit être vrai ou faux', type: `bool_${suffix}` };
        case 'array':
          return { msg: 'Doit être une liste', type: 'list_type' };
        case 'object':
          return { msg: 'Doit être un objet', type: 'model_attributes_type' };
        default:
          return { msg: 'Type invalide', type: 'value_error' };
      }
    case 'invalid_value':
      return { msg: `Doit valoir l’un de : ${issue.values.join(', ')}`, type: 'literal_error' };
    case 'too_small':
      if (issue.origin === 'string') return { msg: `Au moins ${issue.minimum} caractère(s)`, type: 'string_too_short' };
      if (issue.origin === 'array') return { msg: `Au moins ${issue.minimum} élément(s)`, type: 'too_short' };
      return issue.inclusive
        ? { msg: `Doit être supérieur ou égal à ${issue.minimum}`, type: 'greater_than_equal' }
        : { msg: `Doit être supérieur à ${issue.minimum}`, type: 'greater_than' };
    case 'too_big':
      if (issue.origin === 'string') return { msg: `Au plus ${issue.maximum} caractères`, type: 'string_too_long' };
      if (issue.origin === 'array') return { msg: `Au plus ${issue.maximum} éléments`, type: 'too_long' };
      return issue.inclusive
        ? { msg: `Doit être inférieur ou égal à ${issue.maximum}`, type: 'less_than_equal' }
        : { msg: `Doit être inférieur à ${issue.maximum}`, type: 'less_than' };
    case 'not_multiple_of':
      return { msg: `Doit être un multiple de ${issue.divisor}`, type: 'multiple_of' };
    case 'invalid_format':
      return { msg: 'Format invalide', type: 'string_pattern_mismatch' };
    case 'custom':
      return { msg: issue.message, type: String(issue.params?.type ?? 'value_error') };
    default:
      return { msg: 'Valeur invalide', type: 'value_error' };
  }
}

function valueAt(input: unknown, path: readonly (string | number)[]): unknown {
  let value = input;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}
