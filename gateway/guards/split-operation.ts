import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { collectFields } from 'graphql/execution/collectFields.js';
import { getArgumentValues, getVariableValues } from 'graphql/execution/values.js';

/** One field of the root that an operation asks for, under the key of its answer. */
export interface RootField {
  readonly key: string;
  /** Written more than once, it is still resolved once. */
  readonly nodes: readonly FieldNode[];
  readonly name: string;
  readonly nullable: boolean;
  readonly args: Readonly<Record<string, unknown>>;
}

export interface SplitRequest {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The fields of the root that would be resolved, fragments and conditions considered. Null where variables or arguments cannot be read: then nothing is resolved. */
export function rootFieldsOf({ schema, document, operation, variables }: SplitRequest): RootField[] | null {
  const type = schema.getRootType(operation.operation);
  const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (!type || coerced.errors) return null;
  const fields = collectFields(schema, fragmentsOf(document), coerced.coerced, type, operation.selectionSet);
  try {
    return [...fields].flatMap(([key, nodes]) => rootField(key, nodes, type, coerced.coerced) ?? []);
  } catch {
    // The executor says what is wrong with the argument.
    return null;
  }
}

function rootField(
  key: string,
  nodes: readonly FieldNode[],
  type: GraphQLObjectType,
  variables: Record<string, unknown>,
): RootField | null {
  const [node] = nodes;
  const field = node && type.getFields()[node.name.value];
  if (!field) return null;
  return { key, nodes, name: field.name, nullable: !String(field.type).endsWith('!'), args: getArgumentValues(field, node, variables) };
}

/** The same operation with some of its root fields only, and the variables and fragments that those need. */
export function withRootFields(document: DocumentNode, operation: OperationDefinitionNode, fields: readonly RootField[]): DocumentNode {
  const reduced = { ...operation, selectionSet: { ...operation.selectionSet, selections: fields.flatMap(({ nodes }) => nodes) } };
  const fragments = fragmentsOf(document);
  const usedFragments = new Set<FragmentDefinitionNode>();
  const usedVariables = new Set<string>();
  const look = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      VariableDefinition: () => false,
      Variable: ({ name }) => void usedVariables.add(name.value),
      FragmentSpread({ name }) {
        const fragment = fragments[name.value];
        if (!fragment || usedFragments.has(fragment)) return;
        usedFragments.add(fragment);
        look(fragment);
      },
    });
  };
  look(reduced);
  const variableDefinitions = operation.variableDefinitions?.filter(({ variable }) => usedVariables.has(variable.name.value));
  return { kind: Kind.DOCUMENT, definitions: [{ ...reduced, ...(variableDefinitions && { variableDefinitions }) }, ...usedFragments] };
}

function fragmentsOf(document: DocumentNode): Record<string, FragmentDefinitionNode> {
  return Object.fromEntries(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
}
