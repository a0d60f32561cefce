import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLFormattedError,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  parse,
} from 'graphql';
import { subgraphError } from '../../fetch/errors.ts';
import type { SubgraphAnswer } from '../../fetch/subgraph-source.ts';
import { buildSupergraph, type Supergraph } from '../../supergraph/supergraph.ts';
import type { Sources } from '../run.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7",
  import: ["@key", "@shareable", "@inaccessible", "@external", "@requires", "@provides", "@interfaceObject"])\n`;

/** A library in four subgraphs, with what makes plans long: entities of entities, required fields, an interface that one subgraph takes for an object, unions, lists of lists. */
const typeDefs = {
  catalogue: `${link}
    scalar Json
    enum Genre { NOVEL ESSAY SECRET @inaccessible }
    interface Work @key(fields: "id") { id: ID! title: String! subtitle: String author: Person! lender: Person }
    type Book implements Work @key(fields: "id") { id: ID! title: String! subtitle: String! author: Person! lender: Person genre: Genre pages: Int weight: Int! sequel: Book shelves: [[Shelf]] }
    type Film implements Work @key(fields: "id") { id: ID! title: String! subtitle: String author: Person! lender: Person minutes: Float! facts: Json cast: [Person!] }
    type Shelf { row: Int! holds: [Work!]! keeper: Person }
    union Thing = Book | Film | Shelf
    type Person @key(fields: "id", resolvable: false) { id: ID! }
    type Query { works(first: Int = 3): [Work!] work(id: ID!): Work book(id: ID!): Book! things: [Thing] thing: Thing shelves: [Shelf!]! genre: Genre }
    type Mutation { rename(id: ID!, title: String!): Book  burn(id: ID!): Work }
  `,
  people: `${link}
    type Person @key(fields: "id") { id: ID! name: String! nick: String age: Int! friend: Person friends(first: Int = 2, of: String): [Person]! }
    type Query { me: Person person(id: ID!): Person! }
  `,
  reviews: `${link}
    type Work @key(fields: "id") @interfaceObject { id: ID! score: Float reviews(first: Int = 2): [Review!]! }
    type Review @key(fields: "id") { id: ID! text: String stars: Int! by: Person! about: Work! }
    type Person @key(fields: "id") { id: ID! reviews: [Review!] latest: Review }
    type Query { review(id: ID!): Review }
  `,
  lending: `${link}
    type Book @key(fields: "id") { id: ID! weight: Int! @external sequel: Book @external postage: Int! @requires(fields: "weight sequel { id }") lent: Boolean! waiting: [Person!]! }
    type Person @key(fields: "id") { id: ID! name: String! @external greeting: String @requires(fields: "name") borrowed: [Book!] fine: Int }
    type Query { mostLent: Book }
    type Mutation { lend(book: ID!, to: ID!): Book! }
  `,
};

type Service = keyof typeof typeDefs;

export const services = Object.keys(typeDefs) as Service[];

const documents = Object.fromEntries(services.map((name) => [name, parse(typeDefs[name])])) as Record<Service, DocumentNode>;

export function librarySupergraph(): Supergraph {
  const composed = composeServices(services.map((name) => ({ name, url: `http://${name}.example`, typeDefs: documents[name] })));
  if (composed.errors) throw new AggregateError(composed.errors, composed.errors.map(String).join('\n'));
  return buildSupergraph(composed.supergraphSdl);
}

/** Between 0 and 1, the same for the same words. */
function chance(...words: readonly unknown[]): number {
  let hash = 0x811c9dc5;
  for (const char of words.join('\0')) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 12)) >>> 0) / 2 ** 32;
}

/** How often, of all answers, something is wrong. */
export interface Troubles {
  readonly seed: number;
  readonly nulls: number;
  readonly failures: number;
  readonly strangers: number;
}

export interface Library {
  readonly sources: Sources;
  /** What was asked so far. */
  readonly asked: { readonly service: string; readonly body: string }[];
}

const entities: Record<Service, readonly string[]> = {
  catalogue: ['Work', 'Book', 'Film'],
  people: ['Person'],
  reviews: ['Work', 'Review', 'Person'],
  lending: ['Book', 'Person'],
};

interface Node {
  readonly __typename: string;
  readonly id?: string;
  readonly [field: string]: unknown;
}

/** Knows an entity by what it is told of it, unless that is one that it does not have. */
const lookUp = (service: Service, type: string) => ({
  __resolveReference(reference: Node, { seed, strangers, failures }: Troubles): Node | null {
    if (chance(seed, service, type, reference.id, 'stranger') < strangers) return null;
    if (chance(seed, service, type, reference.id, 'fails') < failures) throw new Error(`${service} cannot look up ${type} ${reference.id}`);
    return { ...reference, __typename: service === 'catalogue' ? typeOf(reference.id) : type };
  },
});

const subgraphSchemas = Object.fromEntries(
  services.map((name) => {
    const resolvers = Object.fromEntries(entities[name].map((type) => [type, lookUp(name, type)]));
    return [name, buildSubgraphSchema([{ typeDefs: documents[name], resolvers: resolvers as never }])];
  }),
) as Record<Service, GraphQLSchema>;

const typeOf = (id: string | undefined) => (id?.startsWith('film') ? 'Film' : 'Book');

const leaves: Readonly<Record<string, (part: number) => unknown>> = {
  ID: (part) => Math.floor(part * 9),
  Int: (part) => Math.floor(part * 100),
  Float: (part) => Math.floor(part * 100) / 8,
  Boolean: (part) => part < 0.5,
  Json: (part) => ({ part: Math.floor(part * 9), __typename: 'Fact', list: [{ a: null }] }),
  String: (part) => ['Ada', 'Grace', '', 'é "quoted" \u2028', 'constructor'][Math.floor(part * 5)],
};

/** What a field answers: by the object, the field and its arguments, so that it is the same whoever asks, and how often. */
function fieldValue(troubles: Troubles, source: Node, args: object, info: GraphQLResolveInfo): unknown {
  if (info.fieldName in source) return source[info.fieldName];
  const words = [info.parentType.name === 'Query' ? '' : (source.id ?? source.at), info.fieldName, JSON.stringify(args)];
  const of = (...more: unknown[]) => chance(troubles.seed, ...words, ...more);
  if (of('fails') < troubles.failures) throw new Error(`${info.parentType.name}.${info.fieldName} of ${words.join(' ')} fails`);

  function make(type: GraphQLOutputType, at: string): unknown {
    if (isNonNullType(type)) return make(type.ofType, `${at}!`);
    if (!at.endsWith('!') && of(at, 'null') < troubles.nulls) return null;
    if (isListType(type))
      return Array.from({ length: Math.floor(of(at, 'length') * 4) }, (_, index) => make(type.ofType, `${at}.${index}`));
    if (isEnumType(type)) return type.getValues()[Math.floor(of(at) * type.getValues().length)]?.value;
    if (isLeafType(type)) return leaves[type.name]?.(of(at));
    return object(isAbstractType(type) ? pick(info.schema.getPossibleTypes(type), of(at, 'type')).name : type.name, at);
  }

  function object(__typename: string, at: string): Node {
    if (__typename === 'Shelf') return { __typename, at: [...words, at].join() };
    const given = 'id' in args && info.parentType.name !== 'Query' ? undefined : (args as { id?: string }).id;
    const kind = __typename === 'Work' ? pick(['book', 'film'], of(at, 'kind')) : __typename.toLowerCase();
    return { __typename, id: given ?? `${kind}-${Math.floor(of(at, 'id') * 5)}` };
  }
  return make(info.returnType, '');
}

function pick<T>(from: readonly T[], part: number): T {
  return from[Math.floor(part * from.length)]!;
}

/** The subgraphs, whose answers depend on what they are asked and on the troubles they have, and on nothing else. */
export function createLibrary(troubles: Troubles): Library {
  const asked: { service: string; body: string }[] = [];

  async function answer(service: Service, body: string): Promise<SubgraphAnswer> {
    asked.push({ service, body });
    const { query, variables } = JSON.parse(body);
    const { data, errors }: ExecutionResult = await execute({
      schema: subgraphSchemas[service],
      document: parse(query),
      variableValues: variables,
      rootValue: {},
      contextValue: troubles,
      fieldResolver: (source, args, context, info) => fieldValue(context, source, args, info),
      typeResolver: ({ __typename }) => __typename,
    });
    // As it comes over the network: nobody else holds any of it.
    const answered = JSON.parse(JSON.stringify({ data: data ?? null, errors }));
    return {
      data: answered.data,
      ...(errors && { errors: answered.errors.map((error: GraphQLFormattedError) => subgraphError(error, service)) }),
    };
  }

  return { asked, sources: new Map(services.map((name) => [name, { fetch: ({ body }) => answer(name, body) }])) };
}
