import { GraphQLBoolean, GraphQLFloat, GraphQLID, GraphQLInt, type GraphQLLeafType, GraphQLString, isEnumType } from 'graphql';

type IsValid = (value: unknown) => boolean;

const isWhole = (value: unknown): boolean => typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 1e21;

const checks: Readonly<Record<string, IsValid>> = {
  [GraphQLString.name]: (value) => typeof value === 'string',
  [GraphQLID.name]: (value) => typeof value === 'string' || isWhole(value),
  [GraphQLInt.name]: isWhole,
  [GraphQLFloat.name]: (value) => typeof value === 'number' && Number.isFinite(value),
  [GraphQLBoolean.name]: (value) => typeof value === 'boolean',
};

/** Whether a value that a subgraph answered is one that clients may see; of a scalar of ours only its subgraph knows. */
export function leafCheck(type: GraphQLLeafType): IsValid {
  if (isEnumType(type)) {
    const values = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => values.has(value);
  }
  return checks[type.name] ?? (() => true);
}
