import { z } from 'zod';
import type { FaultPlace, RestFault } from './faults.ts';

/** What is looked at of JSON Schema. */
interface Node {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Node>>;
  readonly anyOf?: readonly Node[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly pattern?: string;
  readonly format?: string;
}

const known = new WeakMap<z.ZodType, Node>();

/**
 * Faults of texts against the patterns and formats that the description of a route tells and leaves to the graph to check. For a request that is refused anyway: the graph,
 * which is not asked then, would have named them, and clients are to read of all faults at once.
 */
export function describedFaults(place: FaultPlace, schema: z.ZodType, given: unknown): RestFault[] {
  const root = known.get(schema) ?? (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Node);
  known.set(schema, root);
  return [...walk(root, given, [place], root.$defs ?? {})];
}

function* walk(node: Node, value: unknown, loc: RestFault['loc'], defs: Readonly<Record<string, Node>>): Generator<RestFault> {
  const { $ref, anyOf = [], properties = {}, items } = node;
  const referred = $ref === undefined ? undefined : defs[$ref.slice('#/$defs/'.length)];
  if (referred) yield* walk(referred, value, loc, defs);
  for (const option of anyOf) yield* walk(option, value, loc, defs);
  if (typeof value === 'string') {
    const msg = textFault(node, value);
    if (msg !== null) yield { loc, msg, type: 'value_error' };
  } else if (Array.isArray(value)) {
    if (items) for (const [index, item] of value.entries()) yield* walk(items, item, [...loc, index], defs);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, property] of Object.entries(properties))
      if (Object.hasOwn(value, name)) yield* walk(property, (value as Record<string, unknown>)[name], [...loc, name], defs);
  }
}

function textFault({ pattern, format, ...node }: Node, text: string): string | null {
  // Only where a text may be at all: another branch says what else it may be.
  if (!('type' in node) || node.type !== 'string') return null;
  if (text.includes('\0') || !text.isWellFormed()) return 'Contient U+0000 ou la moitié d’un caractère';
  if (format === 'email' && !/^[^\s@]+@[^\s@]+$/.test(text)) return 'Doit être une adresse e-mail, p. ex. nom@example.org';
  if (pattern === undefined || new RegExp(pattern, 'u').test(text)) return null;
  return text.trim() === '' ? 'Ne peut pas être vide' : 'Format invalide';
}
