import fc from 'fast-check';
import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isUnionType,
} from 'graphql';

export interface GeneratedOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const maxDepth = 5;

/** Operations that the schema allows: aliases, fragments with names and without, conditions, variables with defaults and without. */
export function operationsOf(schema: GraphQLSchema): fc.Arbitrary<GeneratedOperation> {
  return fc.gen().map((gen) => {
    const oneOf = <T>(values: readonly T[]): T => values[gen(fc.nat, values.length - 1)]!;
    const inAHundred = (share: number) => gen(fc.nat, 99) < share;
    const fragments: string[] = [];

    function argumentsOf(field: GraphQLField<unknown, unknown>): string {
      const given = field.args.flatMap(({ name, type }) => {
        if (String(type) === 'ID!') return [`${name}: ${oneOf(['"book-1"', '"film-2"', '"person-0"', '$id'])}`];
        if (String(type) === 'Int') return oneOf([[], [`${name}: $first`], [`${name}: 1`]]);
        return oneOf([[], [`${name}: $of`]]);
      });
      return given.length > 0 ? `(${given.join(', ')})` : '';
    }

    function condition(): string {
      return inAHundred(85) ? '' : ` @${oneOf(['skip', 'include'])}(if: ${oneOf(['$yes', '$no', '$usually', 'true', 'false'])})`;
    }

    function fieldOf(field: GraphQLField<unknown, unknown>, depth: number): string {
      const args = argumentsOf(field);
      const type = getNamedType(field.type);
      // An alias says what it stands for, so that no two fields of one key differ.
      const alias = inAHundred(args ? 100 : 20) ? `${field.name}_${args.replace(/\W+/g, '_')}${type.name}: ` : '';
      return `${alias}${field.name}${args}${condition()}${isCompositeType(type) ? selectionSet(type, depth + 1) : ''}`;
    }

    function fragmentOn(type: GraphQLCompositeType, depth: number): string {
      const on = isAbstractType(type) && inAHundred(85) ? oneOf([...schema.getPossibleTypes(type), type]) : oneOf(withIn(type));
      if (inAHundred(70))
        return `... ${inAHundred(90) ? `on ${on.name}` : ''}${condition()} ${selectionSet(inAHundred(100) ? on : type, depth + 1)}`;
      const name = `F${fragments.length}`;
      fragments.push('');
      fragments[Number(name.slice(1))] = `fragment ${name} on ${on.name} ${selectionSet(on, depth + 1)}`;
      return `...${name}${condition()}`;
    }

    function withIn(type: GraphQLCompositeType): GraphQLCompositeType[] {
      return isObjectType(type) ? [type, ...type.getInterfaces()] : [type];
    }

    function selectionSet(type: GraphQLCompositeType, depth: number): string {
      const fields = isUnionType(type) ? [] : Object.values(type.getFields());
      const usable = depth < maxDepth ? fields : fields.filter((field) => !isCompositeType(getNamedType(field.type)));
      const selections = Array.from({ length: 1 + gen(fc.nat, 3) }, () => {
        if (depth < maxDepth && inAHundred(isAbstractType(type) ? 50 : 12)) return fragmentOn(type, depth);
        if (usable.length === 0 || inAHundred(8)) return inAHundred(70) ? '__typename' : 'kind: __typename';
        return fieldOf(oneOf(usable), depth);
      });
      return `{ ${selections.join(' ')} }`;
    }

    const kind = inAHundred(90) ? 'query' : 'mutation';
    const root = selectionSet((kind === 'query' ? schema.getQueryType() : schema.getMutationType())!, 0);
    const body = [root, ...fragments].join('\n');
    const declared = { yes: 'Boolean!', no: 'Boolean! = false', usually: 'Boolean = true', id: 'ID!', first: 'Int = 2', of: 'String' };
    const used = Object.entries(declared).filter(([name]) => body.includes(`$${name}`));
    const head = used.length > 0 ? `(${used.map(([name, type]) => `$${name}: ${type}`).join(', ')})` : '';
    const values = {
      yes: inAHundred(60),
      no: inAHundred(50),
      usually: inAHundred(50),
      id: oneOf(['book-2', 'film-1', 'person-3']),
      first: 1,
      of: null,
    };
    const optional = new Set(['no', 'usually', 'first', 'of']);
    const given = used.filter(([name]) => !optional.has(name) || inAHundred(50)).map(([name]) => name as keyof typeof values);
    return { query: `${kind} Generated${head} ${body}`, variables: Object.fromEntries(given.map((name) => [name, values[name]])) };
  });
}
