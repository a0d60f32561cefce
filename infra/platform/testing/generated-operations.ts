import {
  astFromValue,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
  print,
} from 'graphql';

/** A whole number from 0 to `below`, without it. */
export type Draw = (below: number) => number;

const maxDepth = 4;

/** A valid operation of the schema, of any shape: aliases, fields that are given twice, fragments of both kinds, variables and literals. */
export function generateOperation(schema: GraphQLSchema, kind: 'query' | 'mutation', pick: Draw) {
  const root = schema.getRootType(kind as never) as GraphQLObjectType;
  const variables: Record<string, unknown> = {};
  const definitions: string[] = [];
  const fragments: string[] = [];
  let given = 0;

  const one = <T>(items: readonly T[]): T => items[pick(items.length)] as T;

  function selections(type: GraphQLCompositeType, depth: number): string {
    const parts = ['__typename'];
    if (isObjectType(type) || isInterfaceType(type)) {
      const fields = Object.values(type.getFields()).filter((field) => depth > 0 || !isCompositeType(getNamedType(field.type)));
      for (let count = 1 + pick(4); count > 0 && fields.length > 0; count--) {
        const field = one(fields);
        const inner = getNamedType(field.type);
        const below = () => (isCompositeType(inner) ? ` ${selections(inner, depth - 1)}` : '');
        // Answered by a name of its own, so that it never has to be the same field as another.
        const head = `f${++given}: ${field.name}${argumentsOf(field.args)}`;
        parts.push(`${head}${below()}`);
        if (pick(4) === 0) parts.push(`${head}${below()}`);
      }
    }
    if (isAbstractType(type)) {
      for (const possible of schema.getPossibleTypes(type))
        if (pick(2) === 0) parts.push(`... on ${possible.name} ${selections(possible, depth - 1)}`);
    } else if (pick(5) === 0) parts.push(`... ${selections(type, depth - 1)}`);
    if (pick(5) === 0 && !isUnionType(type)) {
      const name = `F${++given}`;
      fragments.push(`fragment ${name} on ${type.name} ${selections(type, depth - 1)}`);
      parts.push(`...${name}`, `...${name}`);
    }
    return `{ ${parts.join(' ')} }`;
  }

  function argumentsOf(args: readonly GraphQLArgument[]): string {
    const parts = args.flatMap((argument) => {
      if (!isRequiredArgument(argument) && pick(2) === 0) return [];
      const value = inputOf(argument.type, 2);
      if (pick(2) === 0) {
        const name = `v${++given}`;
        definitions.push(`$${name}: ${argument.type}`);
        if (isNonNullType(argument.type) || pick(4) > 0) variables[name] = value;
        return [`${argument.name}: $${name}`];
      }
      const literal = astFromValue(value, argument.type);
      return literal ? [`${argument.name}: ${print(literal)}`] : [];
    });
    return parts.length > 0 ? `(${parts.join(', ')})` : '';
  }

  function inputOf(type: GraphQLInputType, depth: number): unknown {
    if (!isNonNullType(type) && pick(4) === 0) return null;
    const inner = getNullableType(type) as GraphQLInputType;
    if (isListType(inner))
      return Array.from({ length: depth > 0 ? pick(3) : 0 }, () => inputOf(inner.ofType as GraphQLInputType, depth - 1));
    if (isEnumType(inner)) return one(inner.getValues()).value;
    if (isInputObjectType(inner)) {
      const fields = Object.values(inner.getFields()).filter((field) => isRequiredInputField(field) || (depth > 0 && pick(2) === 0));
      return Object.fromEntries(fields.map((field) => [field.name, inputOf(field.type, depth - 1)]));
    }
    return (
      { Int: pick(100), Float: pick(100) / 4, Boolean: pick(2) === 0, DateTime: '2026-02-27T10:18:26Z' }[inner.name] ?? `"${pick(100)}'\n`
    );
  }

  const selected = selections(root, maxDepth);
  const head = definitions.length > 0 ? `${kind} Generated(${definitions.join(', ')})` : kind;
  return { source: [`${head} ${selected}`, ...fragments].join('\n'), variables };
}

/** `later` takes two turns in three at once, and fails only in the third: graphql-js forgets a rejection that comes beside an item that fails at once. */
export type Mood = 'at once' | 'later';

/**
 * Gives the fields of the schema resolvers, or leaves them to be properties, by a seed: what they say, whether at once, late or by a function, or not at all, is the same
 * every time for the same place.
 */
export function resolveAtRandom(schema: GraphQLSchema, rootType: GraphQLObjectType, { seed, mood }: { seed: number; mood: Mood }): object {
  const roll = (place: string, below: number): number => {
    let hash = seed ^ 0x9e3779b9;
    for (let index = 0; index < place.length; index++) hash = Math.imul(hash ^ place.charCodeAt(index), 0x01000193);
    hash ^= hash >>> 15;
    return (Math.imul(hash, 0x2c1b3c6d) >>> 0) % below;
  };

  function said(place: string, type: GraphQLOutputType): unknown {
    if (mood === 'at once') return orFailed(place, type);
    if (roll(`${place} late`, 3) > 0) return right(place, type);
    return (async () => {
      for (let turns = roll(`${place} turns`, 3); turns > 0; turns--) await null;
      return orFailed(place, type);
    })();
  }

  function orFailed(place: string, type: GraphQLOutputType): unknown {
    switch (roll(`${place} luck`, 60)) {
      case 0:
        return null;
      case 1:
        return undefined;
      case 2:
        return new Error(`an error at ${place}`);
      case 3:
        throw new Error(`thrown at ${place}`);
      case 4:
        return { odd: true };
      default:
        return right(place, type);
    }
  }

  function right(place: string, type: GraphQLOutputType): unknown {
    const inner = getNullableType(type);
    if (isListType(inner)) {
      return Array.from({ length: roll(`${place} length`, 4) }, (_, index) => said(`${place}/${index}`, inner.ofType as GraphQLOutputType));
    }
    if (isCompositeType(inner)) {
      const possible = isAbstractType(inner) ? schema.getPossibleTypes(inner) : [inner];
      return objectOf(possible[roll(`${place} type`, possible.length)] as GraphQLObjectType, place);
    }
    if (isEnumType(inner)) return inner.getValues()[roll(place, inner.getValues().length)]?.value;
    const number = roll(place, 100_000);
    return { Int: number, Float: number / 3, Boolean: number % 2 === 0, DateTime: new Date(number) }[inner.name] ?? `text ${number}`;
  }

  /** Has properties for the fields without a resolver: values, promises and functions. */
  function objectOf(type: GraphQLObjectType, place: string): object {
    const object = { __typename: type.name, place };
    for (const { name, type: fieldType, resolve } of Object.values(type.getFields())) {
      const at = `${place}.${name}`;
      const property = (args: object) => said(`${at}${JSON.stringify(args)}`, fieldType);
      if (!resolve) Object.defineProperty(object, name, roll(`${at} how`, 3) === 0 ? { value: property } : { get: () => property({}) });
    }
    return object;
  }

  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('_')) continue;
    // The fields of federation keep what they have.
    for (const field of Object.values(type.getFields()).filter(({ name }) => !name.startsWith('_'))) {
      if (roll(`${type.name}.${field.name}`, 2) === 0) delete field.resolve;
      else {
        field.resolve = (source, args, _context, { path }) =>
          said(`${(source as { place?: string }).place}.${field.name}${JSON.stringify(args)}${path.key}`, field.type);
      }
    }
  }
  return objectOf(rootType, 'root');
}
