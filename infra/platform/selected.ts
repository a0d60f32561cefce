import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';

type Info = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>;

/** Whether the operation asks for the field at this path below the one that is resolved. Of one that is skipped or included by a variable it says yes. */
export function isSelected(info: Info, ...path: readonly string[]): boolean {
  return selectedAt(info, path.slice(0, -1)).some(({ name }) => name.value === path.at(-1));
}

/** Whether the operation asks for nothing of what is at this path but its id. */
export function isOnlyIdSelected(info: Info, ...path: readonly string[]): boolean {
  return selectedAt(info, path).every(({ name }) => name.value === 'id' || name.value === '__typename');
}

/** The fields that are asked for of what is at this path below the one that is resolved. */
const selectedAt = ({ fieldNodes, fragments }: Info, path: readonly string[]): FieldNode[] =>
  fieldNodes.flatMap(({ selectionSet }) => fieldsAt(selectionSet, path, fragments));

function fieldsAt(selectionSet: SelectionSetNode | undefined, path: readonly string[], fragments: Info['fragments']): FieldNode[] {
  const [name, ...below] = path;
  return (selectionSet?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) {
      if (name === undefined) return [selection];
      return selection.name.value === name ? fieldsAt(selection.selectionSet, below, fragments) : [];
    }
    const within = selection.kind === Kind.FRAGMENT_SPREAD ? fragments[selection.name.value] : selection;
    return fieldsAt(within?.selectionSet, path, fragments);
  });
}
