/** The subgraphs of this benchmark: an SDL each, and resolvers that make everything from its number. */
import { pageSize, productCount } from './operations.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@inaccessible"])\n';
const userCount = 50;

interface Reference {
  readonly id: string;
}
const product = (n: number) => ({ id: String(n), name: `Product ${n}`, price: n + 0.5, category: `Category ${n % 10}` });
const numberOf = ({ id }: Reference) => Number(id);
const review = (n: number, which: number) => ({
  rating: (n + which) % 6,
  text: `What somebody says of the product ${n}`,
  author: { id: `u${(n * 7 + which) % userCount}` },
});

export const subgraphs = {
  catalogue: {
    sdl: `${link}
      type Query { products(after: Int!): [Product!]! }
      type Product @key(fields: "id") { id: ID! name: String! price: Float! category: String! }`,
    resolvers: {
      Query: {
        products: (_root: unknown, { after }: { after: number }) =>
          Array.from({ length: Math.max(0, Math.min(pageSize, productCount - after)) }, (_, i) => product(after + 1 + i)),
      },
      Product: { __resolveReference: (reference: Reference) => product(numberOf(reference)) },
    },
  },
  stock: {
    sdl: `${link}
      type Query { places: [String!]! }
      type Product @key(fields: "id") { id: ID! stock: Stock! }
      type Stock { quantity: Int! place: String! }`,
    resolvers: {
      Query: { places: () => [] },
      Product: {
        __resolveReference: ({ id }: Reference) => ({
          id,
          stock: { quantity: numberOf({ id }) * 3, place: `Place ${numberOf({ id }) % 4}` },
        }),
      },
    },
  },
  reviews: {
    sdl: `${link}
      type Query { ratings: [Int!]! }
      type Product @key(fields: "id") { id: ID! reviews: [Review!]! }
      type Review { rating: Int! text: String! author: User! }
      type User @key(fields: "id", resolvable: false) { id: ID! }`,
    resolvers: {
      Query: { ratings: () => [] },
      Product: {
        __resolveReference: ({ id }: Reference) => ({ id, reviews: [review(numberOf({ id }), 0), review(numberOf({ id }), 1)] }),
      },
    },
  },
  /** Whom products were written of, and whose the key is that our gateway is asked with. */
  accounts: {
    sdl: `${link}
      type Query { users: [User!]! consumerByApiKey(key: String!): Consumer @inaccessible }
      type User @key(fields: "id") { id: ID! name: String! city: String! favourite: Product! }
      type Product @key(fields: "id", resolvable: false) { id: ID! }
      type Consumer @inaccessible { id: ID! name: String! roles: [String!]! stores: [Store!] limits: Limits! }
      type Store @inaccessible { id: ID! }
      type Limits @inaccessible { perMinute: Int! perHour: Int! }`,
    resolvers: {
      Query: {
        users: () => [],
        consumerByApiKey: () => ({
          id: 'bench',
          name: 'bench',
          roles: ['ADMIN'],
          limits: { perMinute: 1_000_000_000, perHour: 1_000_000_000 },
        }),
      },
      User: {
        __resolveReference: ({ id }: Reference) => {
          const n = Number(id.slice(1));
          return { id, name: `User ${n}`, city: `City ${n % 7}`, favourite: { id: String(n + 1) } };
        },
      },
    },
  },
} as const;

export type SubgraphName = keyof typeof subgraphs;
