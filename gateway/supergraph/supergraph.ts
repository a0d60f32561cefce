import { type Schema as ApiSchema, Supergraph as FederationSupergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { type ConstDirectiveNode, type GraphQLSchema, Kind, type ObjectTypeDefinitionNode, parse } from 'graphql';

/** Everything the gateway reads out of one version of the supergraph. */
export interface Supergraph {
  readonly sdl: string;
  /** What clients see. */
  readonly schema: GraphQLSchema;
  readonly apiSchema: ApiSchema;
  readonly supergraphSchema: GraphQLSchema;
  readonly planner: QueryPlanner;
  /** Address of each subgraph by its name. */
  readonly subgraphs: ReadonlyMap<string, string>;
  /** The root fields of Subscription that carry @snapshot: each event is the whole newest state. */
  readonly snapshotFields: ReadonlySet<string>;
  /** The root fields of Mutation that carry @public: they need no credential. */
  readonly publicFields: ReadonlySet<string>;
  /** The name of the subgraph that resolves a field of Query, whether clients see the field or not. */
  ownerOfQuery(field: string): string | undefined;
}

/** Throws Error for what is no supergraph. */
export function buildSupergraph(sdl: string): Supergraph {
  const federation = federationOf(sdl);
  const apiSchema = federation.apiSchema();
  const graphs = new Map<string, string>();
  const subgraphs = new Map<string, string>();
  const types: ObjectTypeDefinitionNode[] = [];
  for (const definition of parse(sdl, { noLocation: true }).definitions) {
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) types.push(definition);
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue;
    for (const value of definition.values ?? []) {
      const join = value.directives?.find(({ name }) => name.value === 'join__graph');
      const name = argument(join, 'name') ?? value.name.value;
      graphs.set(value.name.value, name);
      subgraphs.set(name, argument(join, 'url') ?? '');
    }
  }
  const { schemaDefinition } = federation.schema;
  const rootFields = (root: string | undefined) => types.find(({ name }) => name.value === root)?.fields ?? [];
  const rootFieldsWith = (root: 'mutation' | 'subscription', directive: string) =>
    new Set(
      rootFields(schemaDefinition.rootType(root)?.name)
        .filter(({ directives }) => directives?.some(({ name }) => name.value === directive))
        .map(({ name }) => name.value),
    );
  const queryType = types.find(({ name }) => name.value === schemaDefinition.rootType('query')?.name);

  return {
    sdl,
    schema: apiSchema.toGraphQLJSSchema(),
    apiSchema,
    supergraphSchema: federation.schema.toGraphQLJSSchema(),
    planner: new QueryPlanner(federation),
    subgraphs,
    snapshotFields: rootFieldsWith('subscription', 'snapshot'),
    publicFields: rootFieldsWith('mutation', 'public'),
    ownerOfQuery(field) {
      const definition = queryType?.fields?.find(({ name }) => name.value === field);
      if (!definition) return undefined;
      // A field without @join__field belongs to every subgraph that has the type.
      const join = [...(definition.directives ?? []), ...(queryType?.directives ?? [])].find(({ name }) =>
        ['join__field', 'join__type'].includes(name.value),
      );
      const graph = argument(join, 'graph');
      return graph === undefined ? undefined : graphs.get(graph);
    },
  };
}

function federationOf(sdl: string): FederationSupergraph {
  try {
    return FederationSupergraph.build(sdl, { validateSupergraph: false });
  } catch (cause) {
    throw new Error('SUPERGRAPH: what is there is no supergraph schema', { cause });
  }
}

function argument(directive: ConstDirectiveNode | undefined, name: string): string | undefined {
  const value = directive?.arguments?.find((candidate) => candidate.name.value === name)?.value;
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
}
