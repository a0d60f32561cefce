import {
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLBoolean,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  valueFromAST,
  visit,
} from 'graphql';

type Variables = Readonly<Record<string, unknown>>;
type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/**
 * The operation alone, without its name, with the fragments and variables it uses, and with the conditions at its root decided.
 * Two operations that differ in nothing else become the same; and neither validation nor the planner can cope with @skip or @include at the root of a subscription.
 */
export function foldOperation(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): DocumentNode {
  const fragments: Fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const selections = hasRootConditions(operation.selectionSet.selections, fragments)
    ? foldSelections(operation.selectionSet.selections, fragments, variables)
    : operation.selectionSet.selections;
  if (selections.length === 0) throw new GraphQLError('The subscription selects nothing: every field at its root is skipped');
  const folded: OperationDefinitionNode = { ...operation, name: undefined, selectionSet: { ...operation.selectionSet, selections } };
  const used = usedFragments(folded, fragments);
  const usedVariables = new Set<string>();
  for (const node of [{ ...folded, variableDefinitions: [] }, ...used])
    visit(node, { Variable: ({ name }) => void usedVariables.add(name.value) });
  const variableDefinitions = folded.variableDefinitions?.filter(({ variable }) => usedVariables.has(variable.name.value)) ?? [];
  return { kind: Kind.DOCUMENT, definitions: [{ ...folded, variableDefinitions }, ...used] };
}

/** Whether the folded operation depends on the values of variables: then it cannot be folded once for all. */
export function hasRootConditions(selections: readonly SelectionNode[], fragments: Fragments): boolean {
  return selections.some(
    (selection) =>
      (selection.directives ?? []).some(isCondition) ||
      (selection.kind !== Kind.FIELD && hasRootConditions(selectionsOf(selection, fragments), fragments)),
  );
}

function foldSelections(selections: readonly SelectionNode[], fragments: Fragments, variables: Variables): SelectionNode[] {
  return selections.flatMap((selection): SelectionNode[] => {
    const directives = selection.directives ?? [];
    if (!directives.filter(isCondition).every((directive) => holds(directive, variables))) return [];
    const kept = directives.filter((directive) => !isCondition(directive));
    if (selection.kind === Kind.FIELD) return [{ ...selection, directives: kept }];
    const inner = foldSelections(selectionsOf(selection, fragments), fragments, variables);
    if (inner.length === 0) return [];
    const typeCondition =
      selection.kind === Kind.INLINE_FRAGMENT ? selection.typeCondition : fragments.get(selection.name.value)?.typeCondition;
    return [{ kind: Kind.INLINE_FRAGMENT, typeCondition, directives: kept, selectionSet: { kind: Kind.SELECTION_SET, selections: inner } }];
  });
}

function selectionsOf(selection: Exclude<SelectionNode, { kind: Kind.FIELD }>, fragments: Fragments): readonly SelectionNode[] {
  if (selection.kind === Kind.INLINE_FRAGMENT) return selection.selectionSet.selections;
  return fragments.get(selection.name.value)?.selectionSet.selections ?? [];
}

function isCondition({ name }: DirectiveNode): boolean {
  return name.value === 'skip' || name.value === 'include';
}

function holds(directive: DirectiveNode, variables: Variables): boolean {
  const argument = directive.arguments?.find(({ name }) => name.value === 'if');
  const value = argument && valueFromAST(argument.value, GraphQLBoolean, variables);
  if (typeof value !== 'boolean') throw new GraphQLError(`@${directive.name.value} needs a Boolean`, { nodes: directive });
  return value === (directive.name.value === 'include');
}

/** The fragments that an operation reaches, by name, so that their order in the document makes no difference. */
function usedFragments(operation: OperationDefinitionNode, fragments: Fragments): FragmentDefinitionNode[] {
  const used = new Map<string, FragmentDefinitionNode>();
  const collect = (node: OperationDefinitionNode | FragmentDefinitionNode) =>
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (!fragment || used.has(name.value)) return;
        used.set(name.value, fragment);
        collect(fragment);
      },
    });
  collect(operation);
  return [...used.values()].sort((a, b) => (a.name.value < b.name.value ? -1 : 1));
}
