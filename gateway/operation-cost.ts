import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

export interface CostWeights {
  /** For each object that is read; a field that is no object costs nothing. */
  readonly object: number;
  /** For each field of Mutation, besides what it gives. */
  readonly mutation: number;
  /** How many are expected of a list that says nothing of its size. */
  readonly listSize: number;
  /** How many of a page whose size the operation leaves open and the schema too. */
  readonly pageSize: number;
}

export const defaultCostWeights: CostWeights = { object: 1, mutation: 10, listSize: 5, pageSize: 50 };

/** Arguments that say how many a field gives. */
export const sizeArguments: readonly string[] = ['first', 'last', 'limit'];

/** More is not told apart. */
const enough = Number.MAX_SAFE_INTEGER;

type Variables = Readonly<Record<string, unknown>>;

/**
 * How many objects an operation may read at most: each one counts, a list as often as its page is long, by the values of the variables, and lists within
 * lists multiply. Counted without expanding fragments, and safe for documents that do not validate.
 */
export function operationCost(
  {
    schema,
    document,
    operation,
    variables,
  }: { schema: GraphQLSchema; document: DocumentNode; operation: OperationDefinitionNode; variables: Variables },
  weights: CostWeights = defaultCostWeights,
): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const given = withDefaults(operation, variables);
  const fragmentCosts = new Map<string, number>();

  /** @param page size of the page that these fields belong to: its lists of things are that long. */
  function costOf(selectionSet: SelectionSetNode, parent: GraphQLNamedType | undefined, page: number | undefined): number {
    let cost = 0;
    for (const selection of selectionSet.selections) {
      if (isLeftOut(selection.directives, given)) continue;
      if (selection.kind === Kind.FIELD) cost += costOfField(selection, parent, page);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) cost += costOfFragment(selection.name.value, page);
      else {
        const condition = selection.typeCondition;
        cost += costOf(selection.selectionSet, condition ? schema.getType(condition.name.value) : parent, page);
      }
    }
    return Math.min(enough, cost);
  }

  function costOfFragment(name: string, page: number | undefined): number {
    const key = `${page ?? ''}:${name}`;
    const known = fragmentCosts.get(key);
    if (known !== undefined) return known;
    // One that reaches itself costs nothing there; the validator refuses it.
    fragmentCosts.set(key, 0);
    const fragment = fragments.get(name);
    const cost = fragment ? costOf(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value), page) : 0;
    fragmentCosts.set(key, cost);
    return cost;
  }

  function costOfField(node: FieldNode, parent: GraphQLNamedType | undefined, page: number | undefined): number {
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    // Introspection has its own limit, of depth.
    if (!field) return 0;
    const type = getNamedType(field.type);
    const ownPage = pageSizeOf(field, node);
    const isList = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
    const times = isList ? (ownPage ?? page ?? weights.listSize) : 1;
    const each = isCompositeType(type) ? weights.object : 0;
    const inner = node.selectionSet ? costOf(node.selectionSet, type, isList ? undefined : ownPage) : 0;
    const once = parent === schema.getMutationType() ? weights.mutation : 0;
    return Math.min(enough, once + times * (each + inner));
  }

  /** Undefined where no argument of the field says a size. */
  function pageSizeOf(field: GraphQLField<unknown, unknown>, node: FieldNode): number | undefined {
    const sizes = field.args.filter(({ name }) => sizeArguments.includes(name)).map((argument) => sizeGiven(argument, node));
    if (sizes.length === 0) return undefined;
    const said = sizes.filter((size): size is number => typeof size === 'number' && size >= 0);
    return said.length > 0 ? Math.max(...said) : weights.pageSize;
  }

  function sizeGiven(argument: GraphQLArgument, node: FieldNode): unknown {
    const value = node.arguments?.find(({ name }) => name.value === argument.name)?.value;
    return (value && plainValue(value, given)) ?? argument.defaultValue;
  }

  const root = schema.getRootType(operation.operation) ?? undefined;
  return costOf(operation.selectionSet, root, undefined);
}

function withDefaults(operation: OperationDefinitionNode, variables: Variables): Variables {
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, plainValue(defaultValue, {})] as const] : [],
  );
  return { ...Object.fromEntries(defaults), ...variables };
}

/** Numbers and truth values; whatever else says no size and no condition. */
function plainValue(value: ValueNode, variables: Variables): unknown {
  if (value.kind === Kind.INT) return Number(value.value);
  if (value.kind === Kind.BOOLEAN) return value.value;
  return value.kind === Kind.VARIABLE ? variables[value.name.value] : undefined;
}

function isLeftOut(directives: readonly DirectiveNode[] | undefined, variables: Variables): boolean {
  return (directives ?? []).some(({ name, arguments: given }) => {
    const condition = given?.find((argument) => argument.name.value === 'if')?.value;
    if (!condition) return false;
    const value = plainValue(condition, variables);
    return (name.value === 'skip' && value === true) || (name.value === 'include' && value === false);
  });
}
