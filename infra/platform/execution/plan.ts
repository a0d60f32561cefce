import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
} from 'graphql';
import { type Complete, completerOf } from './complete.ts';

/** What is asked of objects of one type at one place of an operation. */
export interface ObjectPlan {
  readonly type: GraphQLObjectType;
  readonly fields: readonly FieldPlan[];
}

/** A field at its place. */
export interface FieldPlan {
  /** It is answered by this name. */
  readonly name: string;
  /** Whose field it is. */
  readonly type: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
  /** Everywhere it stands. */
  readonly nodes: readonly FieldNode[];
  /** Has the answer of `__typename`. */
  readonly typeName: string | null;
  /** False where its resolver is given none, whatever the variables. */
  readonly takesArguments: boolean;
  readonly nullable: boolean;
  /** Neither an object nor a list: nothing is answered below it. */
  readonly isLeaf: boolean;
  readonly complete: Complete;
}

export type FindPlan = (type: GraphQLObjectType, nodes: readonly (FieldNode | OperationDefinitionNode)[]) => ObjectPlan;

/** Makes the plans of an operation that neither skips nor includes anything, those below the root when they are needed first. */
export function createPlanner(schema: GraphQLSchema, fragments: Readonly<Record<string, FragmentDefinitionNode>>): FindPlan {
  const planOf: FindPlan = (type, nodes) => {
    const collected = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    for (const { selectionSet } of nodes) if (selectionSet) collect(type, selectionSet, collected, spread);
    // A validated document asks for nothing that is no field.
    return { type, fields: [...collected].flatMap(([name, fieldNodes]) => planField(type, name, fieldNodes) ?? []) };
  };

  function collect(type: GraphQLObjectType, { selections }: SelectionSetNode, into: Map<string, FieldNode[]>, spread: Set<string>): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const known = into.get(name);
        if (known) known.push(selection);
        else into.set(name, [selection]);
        continue;
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        if (spread.has(selection.name.value)) continue;
        spread.add(selection.name.value);
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments[selection.name.value] : selection;
      if (fragment && holdsFor(fragment.typeCondition?.name.value, type)) collect(type, fragment.selectionSet, into, spread);
    }
  }

  function holdsFor(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const wanted = schema.getType(condition);
    return isAbstractType(wanted) && schema.isSubType(wanted, type);
  }

  function planField(type: GraphQLObjectType, name: string, nodes: readonly FieldNode[]): FieldPlan | null {
    const node = nodes[0] as FieldNode;
    const isTypeName = node.name.value === TypeNameMetaFieldDef.name;
    const field = isTypeName ? TypeNameMetaFieldDef : type.getFields()[node.name.value];
    if (!field) return null;
    return {
      name,
      type,
      field,
      nodes,
      typeName: isTypeName ? type.name : null,
      takesArguments:
        (node.arguments?.length ?? 0) > 0 ||
        field.args.some((argument) => isRequiredArgument(argument) || argument.defaultValue !== undefined),
      nullable: !isNonNullType(field.type),
      isLeaf: isLeafType(getNamedType(field.type)) && !isListType(isNonNullType(field.type) ? field.type.ofType : field.type),
      complete: completerOf(field.type, { type, field, nodes, planOf }),
    };
  }

  return planOf;
}
