import {
  type ConstDirectiveNode,
  defaultFieldResolver,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getNamedType,
  isInputObjectType,
  Kind,
} from 'graphql';
import { ComptoirError } from './errors.ts';
import { boundStores, type Principal } from './principal.ts';
import { directivesOf } from './sdl-directives.ts';

/** The places that whoever is bound to some may see besides his own, e.g. the warehouse that all are supplied from. */
export type OpenPlaces = (context: never) => ReadonlySet<string> | Promise<ReadonlySet<string>>;

/** An argument, or a field of an input, that carries `@store`. */
export interface PlaceArgument {
  /** From the field's arguments, e.g. input, placeId. */
  readonly path: readonly string[];
  /** The place is acted in: to be allowed to see it is not enough. */
  readonly change: boolean;
  /** No place, but a value that acts in all of them; 0 and nothing do not. */
  readonly everywhere: boolean;
}

/** What in the arguments of a field says where it acts. */
export function placeArguments(field: GraphQLField<unknown, unknown>): PlaceArgument[] {
  const found: PlaceArgument[] = [];
  const visit = (element: GraphQLArgument | GraphQLInputField, above: readonly string[], within: ReadonlySet<unknown>) => {
    const path = [...above, element.name];
    for (const directive of directivesOf(element, 'store')) {
      found.push({ path, change: isTrue(directive, 'change'), everywhere: isTrue(directive, 'everywhere') });
    }
    const type = getNamedType(element.type);
    if (!isInputObjectType(type) || within.has(type)) return;
    for (const inner of Object.values(type.getFields())) visit(inner, path, new Set([...within, type]));
  };
  for (const argument of field.args) visit(argument, [], new Set());
  return found;
}

/**
 * @param open the places that may be seen besides the principal's own.
 * @throws ComptoirError FORBIDDEN for a place that is none of the principal's, whether it exists or not.
 */
export async function demandPlaces(
  principal: Principal,
  rules: readonly PlaceArgument[],
  args: unknown,
  open: () => ReadonlySet<string> | Promise<ReadonlySet<string>>,
): Promise<void> {
  const own = boundStores(principal);
  if (!own) return;
  for (const { path, change, everywhere } of rules) {
    for (const value of valuesAt(args, path)) {
      if (everywhere) {
        if (value !== 0) throw new ComptoirError('FORBIDDEN', 'This acts in every place, and you may act in some only.');
      } else if (!own.has(String(value)) && (change || !(await open()).has(String(value)))) {
        throw new ComptoirError('FORBIDDEN', `You have no right in place ${value}.`);
      }
    }
  }
}

/** How to learn of an object of the type in which place it is; null where the type is not bound to places (no `@store(field: …)`). */
export function placeOfType(type: GraphQLObjectType): ((source: unknown, context: unknown, info: GraphQLResolveInfo) => unknown) | null {
  const [directive] = directivesOf(type, 'store');
  if (!directive) return null;
  const name = argumentOf(directive, 'field');
  const field = name?.kind === Kind.STRING ? type.getFields()[name.value] : undefined;
  if (!field) throw new Error(`@store of ${type.name} must name one of its fields, which leads to the place`);
  // As it is before it is guarded: who may see the place is what is to be found out.
  const resolve = field.resolve ?? defaultFieldResolver;
  return async (source, context, info) => {
    const place = (await resolve(source, {}, context, { ...info, fieldName: field.name })) as { id: unknown } | null;
    return place?.id;
  };
}

/** Whether the principal may see what is in the place. */
export async function seesPlace(
  principal: Principal,
  place: unknown,
  open: () => ReadonlySet<string> | Promise<ReadonlySet<string>>,
): Promise<boolean> {
  const own = boundStores(principal);
  return !own || own.has(String(place)) || (await open()).has(String(place));
}

function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((each) => valuesAt(each, path));
  const [name, ...rest] = path;
  return name === undefined ? [value] : valuesAt((value as Record<string, unknown>)[name], rest);
}

const argumentOf = (directive: ConstDirectiveNode, wanted: string) => directive.arguments?.find(({ name }) => name.value === wanted)?.value;

function isTrue(directive: ConstDirectiveNode, name: string): boolean {
  const value = argumentOf(directive, name);
  return value?.kind === Kind.BOOLEAN && value.value;
}
