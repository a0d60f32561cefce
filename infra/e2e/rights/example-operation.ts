import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';

export interface ExampleOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What refers to nothing that there is: who may do it changes nothing much either. */
const scalars: Readonly<Record<string, unknown>> = {
  ID: '0',
  String: 'x',
  Int: 1,
  Float: 1,
  Boolean: true,
  DateTime: '2026-01-01T00:00:00.000Z',
};

/**
 * Asks for one operation, e.g. Query.stock, with the arguments it cannot do without.
 * @param given values by the path of an argument or input field, e.g. input.placeId.
 */
export function exampleOperation(schema: GraphQLSchema, name: string, given: Readonly<Record<string, unknown>> = {}): ExampleOperation {
  const [root = '', fieldName = ''] = name.split('.');
  const type = schema.getType(root);
  const field = type && 'getFields' in type ? type.getFields()[fieldName] : undefined;
  if (!field || !('args' in field)) throw new Error(`the graph has no ${name}`);
  const isGiven = (path: string) => Object.keys(given).some((known) => known === path || known.startsWith(`${path}.`));
  const args = field.args.filter((arg) => isRequiredArgument(arg) || isGiven(arg.name));

  const example = (input: GraphQLInputType, path: string): unknown => {
    if (path in given) return given[path];
    if (isNonNullType(input)) return example(input.ofType, path);
    if (isListType(input)) return [];
    if (isEnumType(input)) return input.getValues()[0]?.name;
    if (!isInputObjectType(input)) return scalars[input.name];
    const fields = Object.values(input.getFields()).filter((inner) => isRequiredInputField(inner) || isGiven(`${path}.${inner.name}`));
    return Object.fromEntries(fields.map((inner) => [inner.name, example(inner.type, `${path}.${inner.name}`)]));
  };

  const declared = args.map((arg) => `$${arg.name}: ${arg.type}`).join(', ');
  const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const selection = isLeafType(getNamedType(field.type)) ? '' : ' { __typename }';
  return {
    query: `${root.toLowerCase()}${declared && ` (${declared})`} { ${fieldName}${passed && `(${passed})`}${selection} }`,
    variables: Object.fromEntries(args.map((arg) => [arg.name, example(arg.type, arg.name)])),
  };
}
