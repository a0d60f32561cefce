import { type ConstDirectiveNode, Kind, type ObjectTypeDefinitionNode, parse, valueFromASTUntyped } from 'graphql';

export interface CachedDeclaration {
  readonly ttlSeconds: number;
  readonly tags: readonly string[];
}

/** What the supergraph says of fields: who has them, and what of them may be kept. */
export interface Declarations {
  /** Whether anything may be kept at all. */
  readonly any: boolean;
  cached(type: string, field: string): CachedDeclaration | undefined;
  /** The tags of @changes on a field of Mutation. */
  changes(field: string): readonly string[] | undefined;
  /** The subgraphs that can answer a field, by their names in the supergraph. */
  owners(type: string, field: string): readonly string[];
  /** Subgraphs of which something may be kept. */
  readonly cachedOwners: ReadonlySet<string>;
}

interface Field {
  readonly owners: readonly string[];
  readonly cached: CachedDeclaration | undefined;
  readonly changes: readonly string[] | undefined;
}

/** @param sdl a supergraph's */
export function createDeclarations(sdl: string): Declarations {
  const names = new Map<string, string>();
  const fields = new Map<string, Field>();
  const types: ObjectTypeDefinitionNode[] = [];
  for (const definition of parse(sdl, { noLocation: true }).definitions) {
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) types.push(definition);
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue;
    for (const value of definition.values ?? []) {
      const name = argumentsOf(value.directives, 'join__graph')[0]?.name;
      names.set(value.name.value, typeof name === 'string' ? name : value.name.value);
    }
  }
  const graphs = (directives: readonly ConstDirectiveNode[] | undefined, directive: string) =>
    argumentsOf(directives, directive).flatMap(({ graph }) => (typeof graph === 'string' ? [names.get(graph) ?? graph] : []));
  for (const type of types) {
    const ofType = [...new Set(graphs(type.directives, 'join__type'))];
    for (const { name, directives } of type.fields ?? []) {
      // A field without @join__field is answered by every subgraph that has the type.
      const own = graphs(directives, 'join__field');
      const [changes] = argumentsOf(directives, 'changes');
      fields.set(`${type.name.value}.${name.value}`, {
        owners: own.length > 0 ? own : ofType,
        cached: argumentsOf(directives, 'cached')[0] as CachedDeclaration | undefined,
        changes: changes?.tags as readonly string[] | undefined,
      });
    }
  }
  const kept = [...fields.values()].filter(({ cached }) => cached);
  return {
    any: kept.length > 0,
    cached: (type, field) => fields.get(`${type}.${field}`)?.cached,
    changes: (field) => fields.get(`Mutation.${field}`)?.changes,
    owners: (type, field) => fields.get(`${type}.${field}`)?.owners ?? [],
    cachedOwners: new Set(kept.flatMap(({ owners }) => owners)),
  };
}

/** The arguments of a directive, once for each time it stands there. */
function argumentsOf(directives: readonly ConstDirectiveNode[] | undefined, directive: string): Record<string, unknown>[] {
  return (directives ?? [])
    .filter(({ name }) => name.value === directive)
    .map(({ arguments: given = [] }) => Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)])));
}
