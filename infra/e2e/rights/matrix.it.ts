import { createHmac } from 'node:crypto';
import { principalHeader, type Role, roles, signPrincipal } from '@comptoir/platform/principal.ts';
import { composeSupergraph } from '@comptoir/schema/compose.ts';
import { apiSdl } from '@comptoir/schema/generate/api.ts';
import { type FieldRight, fieldRights } from '@comptoir/schema/rights.ts';
import { type SubgraphName, subgraphNames, subgraphTypeDefs } from '@comptoir/schema/sdl.ts';
import { developmentUrls } from '@comptoir/schema/urls.ts';
import { buildSchema, type GraphQLObjectType, getNamedType, isLeafType, Kind } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createResources } from '../resources.ts';
import { exampleOperation } from './example-operation.ts';
import { type LiveSystem, secret, startLiveSystem } from './live-system.ts';
import { type Asker, askSubgraph, atSubgraph, isForbidden, listen, principalOf, throughGateway, type WayIn } from './ways-in.ts';

/** Every operation of the composed graph, asked for by every role: what is refused is what the SDL says, on every way in. */
const schema = buildSchema(apiSdl(composeSupergraph(developmentUrls)));
const operations = [...fieldRights()].filter(([name, { hidden }]) => /^(Query|Mutation|Subscription)\./.test(name) && !hidden);
const asked = operations.filter(([name]) => !name.startsWith('Subscription.'));
const subscribed = operations.filter(([name]) => name.startsWith('Subscription.'));
const may = ({ roles: allowed }: FieldRight, role: Role) => !allowed || allowed.has(role);
const ways: [string, (system: LiveSystem) => WayIn][] = [
  ['through the gateway', throughGateway],
  ['at the subgraph', atSubgraph],
];

let system: LiveSystem;
/** A store of somebody's own, one of others, and the warehouse that all see. */
let places: { own: string; foreign: string; open: string };
beforeAll(async () => {
  system = await startLiveSystem();
  const { data } = await throughGateway(system).ask({ query: '{ places { id kind } }', variables: {} }, { role: 'ADMIN' }, 'inventory');
  const [own, foreign] = data.places.filter(({ kind }: { kind: string }) => kind === 'STORE');
  places = { own: own.id, foreign: foreign.id, open: data.places.find(({ kind }: { kind: string }) => kind === 'WAREHOUSE').id };
}, 120_000);
afterAll(() => system?.[Symbol.asyncDispose]());

/** The work for each, a few at a time. */
async function each<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const left = items.entries();
  const lane = async () => {
    for (const [index, item] of left) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  return results;
}

const told = (answers: Iterable<[string, boolean]>) => Object.fromEntries(answers);

describe.each(ways)('%s', (_way, wayOf) => {
  test.each(roles)('%s may ask for what the SDL says, and for nothing else', { timeout: 120_000 }, async (role) => {
    const way = wayOf(system);
    const expected = told(asked.map(([name, right]) => [name, !may(right, role)]));
    const found = await each(
      asked,
      async ([name, { service }]): Promise<[string, boolean]> => [
        name,
        isForbidden(await way.ask(exampleOperation(schema, name), { role }, service)),
      ],
    );
    expect(told(found)).toEqual(expected);
  });

  test.each(roles)('%s is told of what the SDL says, and of nothing else', { timeout: 120_000 }, async (role) => {
    await using resources = createResources();
    const way = wayOf(system);
    const found = await Promise.all(
      subscribed.map(async ([name, { service }]): Promise<[string, boolean]> => {
        const { first } = resources.use(listen(way.client({ role }, service), exampleOperation(schema, name)));
        return [name, isForbidden(await first)];
      }),
    );
    expect(told(found)).toEqual(told(subscribed.map(([name, right]) => [name, !may(right, role)])));
  });

  test.each(roles)(
    '%s who is bound to a store acts there, sees the warehouse too, and nothing of others',
    { timeout: 120_000 },
    async (role) => {
      const way = wayOf(system);
      const asker: Asker = { role, stores: [places.own] };
      const bound = asked.filter(([, right]) => right.places.length > 0 && may(right, role));
      for (const [name, right] of bound) {
        for (const { path, change, everywhere } of right.places) {
          const values: [unknown, boolean][] = everywhere
            ? [
                [0, false],
                [1, true],
              ]
            : [
                [places.own, false],
                [places.open, change],
                [places.foreign, true],
                ['nowhere', true],
              ];
          for (const [value, refused] of values) {
            const answer = await way.ask(exampleOperation(schema, name, { [path]: value }), asker, right.service);
            expect([name, path, value, isForbidden(answer)], JSON.stringify(answer)).toEqual([
              name,
              path,
              value,
              refused && role !== 'ADMIN',
            ]);
          }
        }
      }
    },
  );

  test('lists, totals and single products show a bound principal his places and the warehouse', async () => {
    const way = wayOf(system);
    const query = `{
      stock(productId: "5") { nodes { place { id } available } totalCount } lowStock { nodes { place { id } } } stockMovements { nodes { place { id } } }
      product(id: "5") { available stock { place { id } available } }
    }`;
    const read = async (asker: Asker) => (await way.ask({ query, variables: {} }, asker, 'inventory')).data;
    const [all, some, none] = [
      await read({ role: 'MANAGER' }),
      await read({ role: 'MANAGER', stores: [places.own] }),
      await read({ role: 'MANAGER', stores: [] }),
    ];
    const placesOf = (nodes: { place: { id: string } }[]) => [...new Set(nodes.map(({ place }) => place.id))].sort();
    const visible = [places.own, places.open].sort();
    expect(all.product.stock.length).toBeGreaterThan(2);
    expect(placesOf(some.product.stock)).toEqual(visible);
    expect(placesOf(some.stock.nodes)).toEqual(visible);
    expect(some.stock.totalCount).toBe(2);
    expect(placesOf(none.product.stock)).toEqual([places.open]);
    const sum = (levels: { available: number; place: { id: string } }[]) => levels.reduce((total, { available }) => total + available, 0);
    expect(some.product.available).toBe(
      sum(all.product.stock.filter(({ place }: { place: { id: string } }) => visible.includes(place.id))),
    );
    for (const nodes of [some.lowStock.nodes, some.stockMovements.nodes]) {
      expect(nodes.length).toBeGreaterThan(0);
      expect(placesOf(nodes).filter((id) => !visible.includes(id))).toEqual([]);
    }
  });

  test('events of a foreign store are not told, those of one’s own are', async () => {
    await using resources = createResources();
    const way = wayOf(system);
    const askers: Asker[] = [
      { role: 'CLERK' },
      { role: 'CLERK', stores: [places.own] },
      { role: 'ADMIN', stores: [places.own] },
      { role: 'DEVICE', stores: [] },
    ];
    const query = 'subscription { stockChanged(productId: "7") { place { id } } }';
    const heard = askers.map((asker) => resources.use(listen(way.client(asker, 'inventory'), { query, variables: {} })));
    for (const { first } of heard) expect((await first).errors).toEqual([]);
    for (const placeId of [places.foreign, places.own, places.foreign, places.open]) {
      const operation = exampleOperation(schema, 'Mutation.adjustStock', { productId: '7', placeId, change: 1, reason: 'test' });
      expect((await way.ask(operation, { role: 'ADMIN' }, 'inventory')).errors).toEqual([]);
    }
    const all = [places.foreign, places.own, places.foreign, places.open];
    const placesOf = () => heard.map(({ events }) => events.map(({ errors, stockChanged }) => errors ?? stockChanged.place.id));
    await expect.poll(placesOf).toEqual([all, [places.own, places.open], all, [places.open]]);
  });
});

describe('a representation', () => {
  /** Of things that there are, so that each of their fields is asked for. */
  let ids: Readonly<Record<string, string>>;
  beforeAll(async () => {
    const query = `mutation {
      createOrder(input: { customerId: "1", lines: [{ productId: "5", quantity: 1, unitPriceMinor: 100 }] }) { ... on OrderCreated { order { id } } }
      createCart { ... on CartChanged { cart { id } } }
      startOrderProcessing(input: { customerId: "1", lines: [{ productId: "5", quantity: 1 }], shippingAddress: "x", paymentMethod: "card" }) {
        ... on OrderProcessingStarted { saga { id } }
      }
      submitCalculation(input: { n1: 1, n2: 1, operation: ADD }) { ... on CalculationSubmitted { task { id } } }
    }`;
    const { data, errors } = await throughGateway(system).ask({ query, variables: {} }, { role: 'ADMIN' }, 'orders');
    expect(errors).toEqual([]);
    ids = {
      Product: '5',
      Customer: '1',
      Supplier: '1',
      Category: '1',
      Place: '1',
      Order: data.createOrder.order.id,
      Cart: data.createCart.cart.id,
      Saga: data.startOrderProcessing.saga.id,
      Task: data.submitCalculation.task.id,
    };
  });

  const fields = subgraphNames.flatMap((service) => entityTypesOf(service).flatMap((type) => fieldsOf(service, type)));
  test.each(roles)(
    'opens to %s what the role may see, and not even tells whether there is such a thing',
    { timeout: 60_000 },
    async (role) => {
      const way = atSubgraph(system);
      const read = (type: string, service: SubgraphName, selections: string) => {
        const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${selections} } } }`;
        return way.ask({ query, variables: { of: [{ __typename: type, id: ids[type] ?? '0' }] } }, { role }, service);
      };
      const refused = fields.filter(({ right }) => !may(right, role));
      const found = await each(
        refused,
        async ({ type, service, field, selection }): Promise<[string, boolean]> => [
          `${type}.${field}`,
          isForbidden(await read(type, service, field + selection)),
        ],
      );
      expect(told(found)).toEqual(told(refused.map(({ type, field }) => [`${type}.${field}`, true])));
      // What is not refused can be asked for at once; one that is would hide the others.
      for (const [key, open] of Map.groupBy(
        fields.filter(({ right }) => may(right, role)),
        ({ type, service }) => `${type} ${service}`,
      )) {
        const [type, service] = key.split(' ') as [string, SubgraphName];
        const { errors } = await read(type, service, open.map(({ field, selection }) => field + selection).join(' '));
        expect([key, errors.filter(({ extensions }) => extensions.code === 'FORBIDDEN')]).toEqual([key, []]);
      }
    },
  );
});

describe('nobody but the gateway', () => {
  const query = { query: '{ __typename }' };
  const stale = () => signPrincipal(principalOf({ role: 'ADMIN' }), secret, Date.now() - 61_000);

  test.each(subgraphNames)('is answered by %s: not without a signature, nor with one of another secret or of old', async (service) => {
    const url = system.urls[service];
    const headers: Record<string, string>[] = [
      {},
      { 'x-api-key': 'ADMIN' },
      { [principalHeader]: signPrincipal(principalOf({ role: 'ADMIN' }), 'another secret of some length') },
      { [principalHeader]: stale() },
      { [principalHeader]: withoutStores() },
    ];
    for (const each of headers) {
      const { status, errors } = await askSubgraph(url, query, each);
      expect([status, errors[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    }
    for (const principal of [undefined, stale(), withoutStores()]) expect(await closeCode(url, { principal })).toBe(4403);
  });

  test.each([
    '{ _service { sdl } }',
    '{ _entities(representations: [{ __typename: "Customer", id: "1" }]) { __typename } }',
    '{ consumerByApiKey(key: "ADMIN") { id } }',
  ])('can ask for %s', async (hidden) => {
    const { status, data, errors } = await throughGateway(system).ask({ query: hidden, variables: {} }, { role: 'ADMIN' }, 'accounts');
    expect([status, data, errors[0]?.message]).toEqual([400, null, expect.stringMatching(/^Cannot query field/)]);
  });
});

/** As gateways signed before principals had stores. */
function withoutStores(): string {
  const payload = Buffer.from(JSON.stringify({ consumerId: 'a', name: 'a', roles: ['ADMIN'], issuedAt: Date.now() })).toString('base64url');
  return `${payload}.${createHmac('sha256', secret).update(payload).digest('base64url')}`;
}

function closeCode(url: string, payload: object): Promise<number> {
  const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
  socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload })));
  return new Promise((resolve) => socket.once('close', resolve));
}

/** The types of which the subgraph answers representations. */
function entityTypesOf(service: SubgraphName): string[] {
  return subgraphTypeDefs(service).definitions.flatMap((node) => {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION) return [];
    const key = node.directives?.find(({ name }) => name.value === 'key');
    const isStub = key?.arguments?.some(({ name, value }) => name.value === 'resolvable' && value.kind === Kind.BOOLEAN && !value.value);
    return key && !isStub ? [node.name.value] : [];
  });
}

/** The fields of the type that the subgraph alone answers; the key it shares with those who refer to it. */
function fieldsOf(service: SubgraphName, type: string) {
  return Object.values((schema.getType(type) as GraphQLObjectType).getFields()).flatMap(({ name: field, type: fieldType }) => {
    const right = fieldRights().get(`${type}.${field}`);
    if (right?.service !== service || field === 'id') return [];
    return [{ service, type, field, right, selection: isLeafType(getNamedType(fieldType)) ? '' : ' { __typename }' }];
  });
}
