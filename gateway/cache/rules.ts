import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { createDeclarations } from './declarations.ts';
import { filledIn, removedBy } from './tags.ts';

/** How an answer may be kept. */
export interface Keeping {
  readonly ttlMs: number;
  readonly tags: readonly string[];
}

type Variables = Readonly<Record<string, unknown>>;

/** What may be kept of the graph, and what a mutation removes of it; read out of @cached and @changes in the supergraph. */
export interface CacheRules {
  /** Null: every answer of the operation is its asker's own. The fields at the root of a query say that they may be kept, and nothing is below them that only another subgraph has. */
  keeping(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): Keeping | null;
  /** The tags that the fields of a mutation remove; none where nothing of theirs is ever kept. */
  removedBy(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): string[];
}

/** A field that carries @cached, with the type that it is a field of. */
interface Found {
  readonly type: GraphQLObjectType;
  readonly node: FieldNode;
}

const rules = new WeakMap<Supergraph, CacheRules>();

export function cacheRulesOf(supergraph: Supergraph): CacheRules {
  const known = rules.get(supergraph) ?? createCacheRules(supergraph);
  rules.set(supergraph, known);
  return known;
}

function createCacheRules({ sdl, schema }: Pick<Supergraph, 'sdl' | 'schema'>): CacheRules {
  const declarations = createDeclarations(sdl);
  const readings = new WeakMap<OperationDefinitionNode, readonly Found[] | null>();

  function reading(document: DocumentNode, operation: OperationDefinitionNode): readonly Found[] | null {
    let found = readings.get(operation);
    if (found === undefined) {
      found = declarations.any ? findCached(document, operation) : null;
      readings.set(operation, found);
    }
    return found;
  }

  /** Every field of the operation that carries @cached; null where something is asked for that may not be kept. */
  function findCached(document: DocumentNode, operation: OperationDefinitionNode): readonly Found[] | null {
    const query = schema.getQueryType();
    if (operation.operation !== 'query' || !query) return null;
    const fragments = fragmentsOf(document);
    const found: Found[] = [];
    const seen = new Set<string>();
    const roots = rootFields(operation.selectionSet, fragments);
    for (const node of roots) {
      if (node.name.value === '__typename') continue;
      const owner = declarations.cached(query.name, node.name.value) && declarations.owners(query.name, node.name.value)[0];
      if (!owner || !visit(query, node, owner)) return null;
    }
    return found.length > 0 ? found : null;

    function visit(type: GraphQLObjectType, node: FieldNode, owner: string): boolean {
      const name = node.name.value;
      if (name === '__typename') return true;
      const field = type.getFields()[name];
      if (!field || !declarations.owners(type.name, name).includes(owner)) return false;
      if (declarations.cached(type.name, name)) found.push({ type, node });
      if (!node.selectionSet) return true;
      const returned = getNamedType(field.type);
      const types = isObjectType(returned) ? [returned] : isAbstractType(returned) ? schema.getPossibleTypes(returned) : [];
      return types.every((each) => visitAll(each, node.selectionSet!, owner));
    }

    function visitAll(type: GraphQLObjectType, { selections }: SelectionSetNode, owner: string): boolean {
      return selections.every((node) => {
        if (node.kind === Kind.FIELD)
          return !type.getFields()[node.name.value] && node.name.value !== '__typename' ? true : visit(type, node, owner);
        if (node.kind === Kind.INLINE_FRAGMENT) return visitAll(type, node.selectionSet, owner);
        // Spread more than once, below one type and one root: the same fields again.
        const once = `${node.name.value} ${type.name} ${owner}`;
        if (seen.has(once)) return true;
        seen.add(once);
        const fragment = fragments.get(node.name.value);
        return fragment !== undefined && visitAll(type, fragment.selectionSet, owner);
      });
    }
  }

  return {
    keeping(document, operation, variables) {
      const found = reading(document, operation);
      if (!found) return null;
      const tags = new Set<string>();
      let ttlSeconds = Number.POSITIVE_INFINITY;
      for (const { type, node } of found) {
        const { name } = node;
        const declared = declarations.cached(type.name, name.value)!;
        ttlSeconds = Math.min(ttlSeconds, declared.ttlSeconds);
        for (const template of declared.tags) tags.add(filledIn(template, argumentsOf(node, variables)) ?? anyOf(template));
        for (const owner of declarations.owners(type.name, name.value)) tags.add(owner);
      }
      return { ttlMs: ttlSeconds * 1_000, tags: [...tags].sort() };
    },

    removedBy(document, operation, variables) {
      const mutation = schema.getMutationType();
      if (operation.operation !== 'mutation' || !mutation) return [];
      const changed: string[] = [];
      for (const node of rootFields(operation.selectionSet, fragmentsOf(document))) {
        const field = mutation.getFields()[node.name.value];
        if (!field) continue;
        const owners = declarations.owners(mutation.name, field.name).filter((owner) => declarations.cachedOwners.has(owner));
        const templates = owners.length > 0 ? (declarations.changes(field.name) ?? null) : [];
        const tags = templates?.map((template) => filledIn(template, argumentsOf(node, variables))) ?? [null];
        // What is not said is taken for everything the subgraph owns.
        changed.push(...(tags.includes(null) ? owners : (tags as string[])));
      }
      return removedBy(changed);
    },
  };
}

/** The values of a field's arguments. A variable's default is not looked at: what is not given is taken for anything. */
function argumentsOf({ arguments: given = [] }: FieldNode, variables: Variables): (name: string) => unknown {
  return (argument) => {
    const value = given.find(({ name }) => name.value === argument)?.value;
    if (value?.kind === Kind.VARIABLE) return variables[value.name.value];
    return value?.kind === Kind.STRING || value?.kind === Kind.INT ? value.value : undefined;
  };
}

const anyOf = (template: string) => `${template.slice(0, template.indexOf(':'))}:*`;

function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])));
}

function rootFields(set: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): FieldNode[] {
  return set.selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return [node];
    const inner = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
    return inner ? rootFields(inner.selectionSet, fragments) : [];
  });
}
