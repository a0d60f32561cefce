import { type GraphQLSchema, isAbstractType, isInterfaceType } from 'graphql';

/** The names of the types whose objects a type condition lets pass. */
export function namesWithin(condition: string, schema: GraphQLSchema): ReadonlySet<unknown> {
  const type = schema.getType(condition);
  const names = new Set([condition]);
  if (!isAbstractType(type)) return names;
  for (const { name } of schema.getPossibleTypes(type)) names.add(name);
  if (isInterfaceType(type)) for (const { name } of schema.getImplementations(type).interfaces) names.add(name);
  return names;
}
