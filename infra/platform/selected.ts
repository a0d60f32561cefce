import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';

type Info = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>;

/** Whether the operation asks for the field at this path below the one that is resolved. Of one that is skipped or included by a variable it says yes. */
export function isSelected(info: Info, ...path: readonly string[]): boolean {
  return isAnySelected(info, path.slice(0, -1), path.slice(-1));
}

/** Whether the operation asks for one of these fields at this path below the one that is resolved. */
export function isAnySelected({ fieldNodes, fragments }: Info, path: readonly string[], names: readonly string[]): boolean {
  return fieldNodes.some((field) => {
    const selected = namesAt(field, path, fragments);
    return names.some((name) => selected.has(name));
  });
}

/** Whether the operation asks for nothing of what is at this path but its id. */
export function isOnlyIdSelected({ fieldNodes, fragments }: Info, ...path: readonly string[]): boolean {
  return fieldNodes.every((field) => namesAt(field, path, fragments).isSubsetOf(onlyId));
}

const onlyId: ReadonlySet<string> = new Set(['id', '__typename']);

/** Of operations that are run often, by path. */
const known = new WeakMap<FieldNode, Map<string, ReadonlySet<string>>>();

/** The fields that are asked for of what is at this path below the field. */
function namesAt(field: FieldNode, path: readonly string[], fragments: Info['fragments']): ReadonlySet<string> {
  const key = path.join('.');
  let ofField = known.get(field);
  let names = ofField?.get(key);
  if (names) return names;
  if (!ofField) {
    ofField = new Map();
    known.set(field, ofField);
  }
  names = new Set(fieldsAt(field.selectionSet, path, fragments).map(({ name }) => name.value));
  ofField.set(key, names);
  return names;
}

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
