import { type SubgraphName, subgraphNames, subgraphTypeDefs } from '@comptoir/schema/sdl.ts';
import { type ConstDirectiveNode, Kind, parse } from 'graphql';

const rolesByField = new Map<string, ReadonlySet<string>>();

/**
 * The roles any one of which suffices for a document, read from the @allow of the SDL so that the rule stands in one place; null where every caller may.
 * A document of several restricted fields needs a role of each, so the roles common to all are given. Of fields that are asked for only sometimes (@include)
 * a request asks for one, so any of their roles may do; the graph then refuses those that the one it asks for does not admit.
 */
export function allowedRoles(document: string): ReadonlySet<string> | null {
  if (rolesByField.size === 0) for (const name of subgraphNames) readSdl(name);
  let allowed: ReadonlySet<string> | null = null;
  let sometimes: ReadonlySet<string> | null = null;
  for (const definition of parse(document).definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const type = definition.operation === 'mutation' ? 'Mutation' : 'Query';
    for (const selection of definition.selectionSet.selections) {
      const roles = selection.kind === Kind.FIELD ? rolesByField.get(`${type}.${selection.name.value}`) : undefined;
      if (!roles) continue;
      if (selection.directives?.some(({ name }) => name.value === 'include')) sometimes = sometimes ? sometimes.union(roles) : roles;
      else allowed = allowed ? allowed.intersection(roles) : roles;
    }
  }
  return allowed && sometimes ? allowed.intersection(sometimes) : (allowed ?? sometimes);
}

function readSdl(name: SubgraphName): void {
  for (const definition of subgraphTypeDefs(name).definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
    for (const field of definition.fields ?? []) {
      const roles = rolesIn(field.directives ?? []);
      if (roles) rolesByField.set(`${definition.name.value}.${field.name.value}`, roles);
    }
  }
}

function rolesIn(directives: readonly ConstDirectiveNode[]): ReadonlySet<string> | null {
  const argument = directives.find(({ name }) => name.value === 'allow')?.arguments?.find(({ name }) => name.value === 'roles')?.value;
  if (argument?.kind !== Kind.LIST) return null;
  return new Set(argument.values.flatMap((value) => (value.kind === Kind.ENUM ? [value.value] : [])));
}
