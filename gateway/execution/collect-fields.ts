import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { namesWithin } from './types.ts';

/** Selections, and the type that they are written for. */
export interface Selected {
  readonly selectionSet: SelectionSetNode;
  readonly on: GraphQLNamedType;
}

/** A field of an object, under one key of the answer. */
export interface CollectedField {
  readonly key: string;
  readonly name: string;
  /** The type that it was asked of. */
  readonly parent: string;
  /** Undefined for `__typename`. */
  readonly field: GraphQLField<unknown, unknown> | undefined;
  readonly selected: Selected[];
}

export interface CollectScope {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** The value of each variable that `@skip` or `@include` asks. */
  readonly conditions: ReadonlyMap<string, boolean>;
}

/**
 * The fields that are asked of an object, in the order they are asked for.
 * @param typeName what a subgraph says the object is; undefined where it does not say, then it is what the selections are written for
 */
export function collectFields(
  selected: readonly Selected[],
  typeName: string | undefined,
  { schema, fragments, conditions }: CollectScope,
): CollectedField[] {
  const fields = new Map<string, CollectedField>();

  function collect({ selectionSet, on }: Selected, parent: GraphQLNamedType): void {
    for (const selection of selectionSet.selections) {
      if (isLeftOut(selection.directives, conditions)) continue;
      if (selection.kind === Kind.FIELD) {
        add(selection, on, parent);
        continue;
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value)! : selection;
      const condition = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
      if (!condition) collect({ selectionSet: fragment.selectionSet, on }, parent);
      else if (namesWithin(condition.name, schema).has(typeName ?? parent.name))
        collect({ selectionSet: fragment.selectionSet, on: condition }, condition);
    }
  }

  function add(node: FieldNode, on: GraphQLNamedType, parent: GraphQLNamedType): void {
    const name = node.name.value;
    const key = node.alias?.value ?? name;
    const field = isObjectType(on) || isInterfaceType(on) ? on.getFields()[name] : undefined;
    let known = fields.get(key);
    if (!known) {
      known = { key, name, parent: parent.name, field, selected: [] };
      fields.set(key, known);
    }
    if (node.selectionSet && field) known.selected.push({ selectionSet: node.selectionSet, on: getNamedType(field.type) });
  }

  for (const each of selected) collect(each, (typeName && schema.getType(typeName)) || each.on);
  return [...fields.values()];
}

function isLeftOut(directives: readonly DirectiveNode[] | undefined, conditions: ReadonlyMap<string, boolean>): boolean {
  return (directives ?? []).some(({ name, arguments: given }) => {
    const value = given?.find((argument) => argument.name.value === 'if')?.value;
    const holds = value?.kind === Kind.VARIABLE ? conditions.get(value.name.value) : value?.kind === Kind.BOOLEAN && value.value;
    return (name.value === 'skip' && holds === true) || (name.value === 'include' && holds === false);
  });
}
