import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';

type Info = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>;

/** Whether the operation asks for the field at this path below the one that is resolved. Of one that is skipped or included by a variable it says yes. */
export function isSelected({ fieldNodes, fragments }: Info, ...path: readonly string[]): boolean {
  return fieldNodes.some(({ selectionSet }) => selectionSet !== undefined && selects(selectionSet, path, fragments));
}

function selects({ selections }: SelectionSetNode, path: readonly string[], fragments: Info['fragments']): boolean {
  const [name, ...below] = path;
  return selections.some((selection) => {
    if (selection.kind === Kind.FIELD) {
      if (selection.name.value !== name) return false;
      return below.length === 0 || (selection.selectionSet !== undefined && selects(selection.selectionSet, below, fragments));
    }
    const within = selection.kind === Kind.FRAGMENT_SPREAD ? fragments[selection.name.value] : selection;
    return within !== undefined && selects(within.selectionSet, path, fragments);
  });
}
