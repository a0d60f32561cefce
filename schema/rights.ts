import { type ConstDirectiveNode, type InputValueDefinitionNode, Kind, type TypeNode } from 'graphql';
import { type SubgraphName, subgraphNames, subgraphTypeDefs } from './sdl.ts';

/** What the SDL says of who may read a field. */
export interface FieldRight {
  /** The subgraph that says it. */
  readonly service: SubgraphName;
  /** The name of the type it leads to. */
  readonly type: string;
  /** The roles any one of which suffices; null where nothing is said, and every caller may. */
  readonly roles: ReadonlySet<string> | null;
  /** Whether it needs no credential. */
  readonly open: boolean;
  /** Whether clients do not see it. */
  readonly hidden: boolean;
  /** Paths to its arguments that name a place, or act in all, e.g. input.placeId. */
  readonly places: readonly { readonly path: string; readonly change: boolean; readonly everywhere: boolean }[];
}

let rights: ReadonlyMap<string, FieldRight> | undefined;

/**
 * The rights of every field of the graph by `Type.field`, those of its type among them. Of a field that several subgraphs resolve (a key) the freest is given,
 * as it can be asked of any of them.
 */
export function fieldRights(): ReadonlyMap<string, FieldRight> {
  rights ??= readRights();
  return rights;
}

function readRights(): ReadonlyMap<string, FieldRight> {
  const found = new Map<string, FieldRight>();
  for (const service of subgraphNames) {
    const { definitions } = subgraphTypeDefs(service);
    const inputs = new Map(
      definitions.flatMap((node) =>
        node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION ? [[node.name.value, node.fields ?? []] as const] : [],
      ),
    );
    for (const type of definitions) {
      if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
      const ofType = rolesIn(type.directives ?? []);
      for (const field of type.fields ?? []) {
        const { directives = [] } = field;
        const name = `${type.name.value}.${field.name.value}`;
        const ofField = rolesIn(directives);
        const right: FieldRight = {
          service,
          type: namedType(field.type),
          roles: ofType && ofField ? ofType.intersection(ofField) : (ofField ?? ofType),
          open: has(directives, 'public'),
          hidden: has(directives, 'inaccessible'),
          places: placesIn(field.arguments ?? [], inputs),
        };
        const known = found.get(name);
        if (!known || (known.roles && !right.roles)) found.set(name, right);
      }
    }
  }
  return found;
}

function placesIn(
  values: readonly InputValueDefinitionNode[],
  inputs: ReadonlyMap<string, readonly InputValueDefinitionNode[]>,
  above = '',
): FieldRight['places'] {
  return values.flatMap(({ name, type, directives = [] }) => {
    const path = `${above}${name.value}`;
    const store = directives.find((directive) => directive.name.value === 'store');
    const said = (argument: string) =>
      store?.arguments?.some((given) => given.name.value === argument && given.value.kind === Kind.BOOLEAN && given.value.value) ?? false;
    const inner = inputs.get(namedType(type));
    return [
      ...(store ? [{ path, change: said('change'), everywhere: said('everywhere') }] : []),
      ...(inner ? placesIn(inner, new Map([...inputs].filter(([input]) => input !== namedType(type))), `${path}.`) : []),
    ];
  });
}

function rolesIn(directives: readonly ConstDirectiveNode[]): ReadonlySet<string> | null {
  const roles = directives.find(({ name }) => name.value === 'allow')?.arguments?.find(({ name }) => name.value === 'roles')?.value;
  if (roles?.kind !== Kind.LIST) return null;
  return new Set(roles.values.flatMap((value) => (value.kind === Kind.ENUM ? [value.value] : [])));
}

const has = (directives: readonly ConstDirectiveNode[], wanted: string) => directives.some(({ name }) => name.value === wanted);

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
