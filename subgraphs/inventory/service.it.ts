import { randomUUID } from 'node:crypto';
import { takeDeadLetters } from '@comptoir/platform/testing/dead-letters.ts';
import { commandQueue, eventsExchange, sagaReplyQueue } from '@comptoir/schema/topology.ts';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startInventory } from './testing/inventory.ts';

const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 15_000 });

let test: Awaited<ReturnType<typeof startInventory>>;
beforeAll(async () => {
  test = await startInventory({ demo: true, sweepIntervalMs: 60_000 });
});
afterAll(() => test[Symbol.asyncDispose]());

const names = (data: { products: { nodes: { name: string }[] } }) => data.products.nodes.map(({ name }) => name);
const search = async (text: string) =>
  names((await test.ask('query($text: String) { products(filter: { search: $text }) { nodes { name } } }', { text })).data);

describe('the search for products', () => {
  it.each([
    ['without accents', 'cafe kenya'],
    ['with capitals', 'CAFÉ KENYA'],
    ['with a wrong letter', 'café kenia'],
    ['with a letter too few', 'cafe kena'],
    ['by a part of a word', 'keny'],
    ['by its SKU', 'cafe-keny-250-000001'],
    ['by its barcode', '2000000000015'],
  ])('finds the coffee from Kenya first, %s', async (_how, text) => {
    expect((await search(text))[0]).toMatch(/^Café Kenya 250 g/);
  });

  it('wants every word, and takes % and _ for what they are', async () => {
    expect(await search('kenya xylophone')).toEqual([]);
    expect(await search('%%%')).toEqual([]);
    expect(await search('70 %')).toMatchObject([/Chocolat noir 70 %/, ...[]].map((pattern) => expect.stringMatching(pattern)));
    expect((await search('   ')).length).toBe(50);
  });
});

describe('pages of products', () => {
  it.each(['NAME', 'PRICE_ASC', 'PRICE_DESC', 'NEWEST'])('by %s show every product once', async (orderBy) => {
    const seen: string[] = [];
    for (let after: string | null = null, pages = 0; pages < 10; pages++) {
      const { data } = await test.ask(
        `query($after: String) { products(filter: { active: true }, orderBy: ${orderBy}, first: 77, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      seen.push(...data.products.nodes.map(({ id }: { id: string }) => id));
      expect(data.products.totalCount).toBe(301);
      if (!data.products.pageInfo.hasNextPage) break;
      after = data.products.pageInfo.endCursor;
    }
    expect([seen.length, new Set(seen).size]).toEqual([301, 301]);
  });

  it('of a search go on where they ended', async () => {
    const ask = async (rest: string) =>
      (await test.ask(`{ products(filter: { search: "cafe" }, ${rest}) { nodes { id } pageInfo { endCursor } } }`)).data.products;
    const whole = (await ask('first: 12')).nodes;
    const first = await ask('first: 5');
    expect([...first.nodes, ...(await ask(`first: 7, after: "${first.pageInfo.endCursor}"`)).nodes]).toEqual(whole);
    expect((await ask('first: 7, offset: 5')).nodes).toEqual(whole.slice(5));
  });

  it('refuse what is no page', async () => {
    const { errors } = await test.ask('{ products(first: 101, after: "x", offset: 10001) { nodes { id } } }');
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      faults: [{ path: ['first'] }, { path: ['offset'] }, { path: ['after'] }],
    });
  });

  it('are restricted by department, price and stock', async () => {
    const { data } = await test.ask(
      '{ a: products(filter: { categoryId: "1" }, first: 100) { totalCount nodes { category { parent { id } } } } b: products(filter: { minPrice: 1000, maxPrice: 1250 }, orderBy: PRICE_ASC) { nodes { price { minor } } } c: products(filter: { inStock: false }) { totalCount } d: products(filter: { categoryId: "rubbish" }) { totalCount } e: categories { name productCount } }',
    );
    expect(data.a.totalCount).toBe(24);
    expect(new Set(data.a.nodes.map((node: { category: { parent: { id: string } } }) => node.category.parent.id))).toEqual(new Set(['1']));
    const prices = data.b.nodes.map(({ price }: { price: { minor: string } }) => Number(price.minor));
    expect(prices.every((price: number) => price >= 1000 && price <= 1250)).toBe(true);
    expect([data.c.totalCount, data.d.totalCount]).toEqual([0, 0]);
    expect(data.e).toHaveLength(12);
    expect(data.e.reduce((sum: number, { productCount }: { productCount: number }) => sum + productCount, 0)).toBe(301);
  });
});

describe('the graph', () => {
  it('finds a product by one of id, SKU and barcode', async () => {
    const { data } = await test.ask(
      '{ a: product(id: "1") { name } b: product(sku: "cafe-keny-250-000001") { id } c: product(barcode: "2000000000015") { id } d: product(id: "99999") { id } e: product(id: "x") { id } }',
    );
    expect(data).toEqual({ a: { name: 'Café Kenya 250 g – Malvoisin' }, b: { id: '1' }, c: { id: '1' }, d: null, e: null });
    expect((await test.ask('{ product(id: "1", sku: "x") { id } }')).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('hides costs from clerks, and lets them change nothing', async () => {
    const cost = '{ product(id: "1") { name cost { minor } } }';
    expect((await test.ask(cost, {}, ['ANALYST'])).data.product.cost.minor).toMatch(/^\d+$/);
    const clerk = await test.ask(cost, {}, ['CLERK']);
    expect([clerk.data.product.cost, clerk.errors?.[0]?.extensions.code]).toEqual([null, 'FORBIDDEN']);
    const change = await test.ask('mutation { adjustStock(productId: "1", placeId: "6", change: 1, reason: "x") { __typename } }', {}, [
      'CLERK',
    ]);
    expect(change.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('tells what is available at the own stores and the warehouse, on whatever way a product is reached', async () => {
    const shown = '{ available stock { available place { kind } } }';
    const document = `query ($products: [_Any!]!) {
      product(id: "9") ${shown} products(filter: { inStock: true }, first: 5) { nodes ${shown} } _entities(representations: $products) { ... on Product ${shown} }
    }`;
    const variables = { products: [3, 9].map((id) => ({ __typename: 'Product', id: String(id) })) };
    for (const [stores, places] of [
      [['1'], 2],
      [[], 1],
      [null, 6],
    ] as const) {
      const { data } = await test.ask(document, variables, ['CLERK'], stores);
      const reached = [data.product, ...data.products.nodes, ...data._entities];
      expect(reached).toHaveLength(8);
      for (const { available, stock } of reached) {
        expect(stock).toHaveLength(places);
        expect(available).toBe(stock.reduce((sum: number, level: { available: number }) => sum + level.available, 0));
      }
    }
  });

  it('pages stock by product and place, by cursor and by number', async () => {
    const levels = async (page: string) =>
      (await test.ask(`{ stock(${page}) { nodes { product { id } place { id } } pageInfo { endCursor } totalCount } }`)).data.stock;
    const whole = await levels('first: 12');
    expect((await levels(`first: 5, after: "${(await levels('first: 7')).pageInfo.endCursor}"`)).nodes).toEqual(whole.nodes.slice(7));
    expect(await levels('first: 5, offset: 7')).toMatchObject({ nodes: whole.nodes.slice(7), totalCount: whole.totalCount });
  });

  it('answers each of several changes in one request with what is true after it', async () => {
    const { data, errors } = await test.ask(`mutation {
      a: createProduct(input: { name: "Filtre", priceMinor: 300, initialStock: 20 }) { ... on ProductCreated { product { id version available stock { place { name } onHand } } } }
      b: updateProduct(id: "2", input: { priceMinor: 999 }) { ... on ProductUpdated { product { version price { amount } } } }
      c: updateProduct(id: "2", input: { priceMinor: 1190, expectedVersion: 2 }) { ... on ProductUpdated { product { version price { amount } } } }
      d: updateProduct(id: "2", input: { priceMinor: 1, expectedVersion: 2 }) { __typename ... on StaleValue { message } }
      e: countStock(productId: "3", placeId: "6", quantity: 11, reason: "inventaire") { ... on StockChanged { level { onHand product { name } } } }
      f: countStock(productId: "3", placeId: "6", quantity: 12, expectedOnHand: 99) { __typename ... on StaleStock { level { onHand available low } } }
      g: adjustStock(productId: "3", placeId: "6", change: -12, reason: "casse") { __typename ... on InsufficientStock { requested available product { id } } }
      h: archiveProduct(id: "4") { ... on ProductArchived { changed product { active version } } }
      again: archiveProduct(id: "4") { ... on ProductArchived { changed product { active version } } }
      i: createCategory(input: { name: "Filtres", parentId: "1" }) { ... on CategoryCreated { category { name parent { name } productCount } } }
    }`);
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      a: { product: { version: 1, available: 20, stock: [{ place: { name: 'Entrepôt d’Orléans' }, onHand: 20 }] } },
      b: { product: { version: 2, price: { amount: '9.99' } } },
      c: { product: { version: 3, price: { amount: '11.90' } } },
      d: { __typename: 'StaleValue' },
      e: { level: { onHand: 11 } },
      f: { __typename: 'StaleStock', level: { onHand: 11, available: 11, low: false } },
      g: { __typename: 'InsufficientStock', requested: 12, available: 11, product: { id: '3' } },
      h: { changed: true, product: { active: false, version: 2 } },
      again: { changed: false, product: { active: false, version: 2 } },
      i: { category: { name: 'Filtres', parent: { name: 'Cafés' }, productCount: 0 } },
    });
    expect(Number(data.a.product.id)).toBeGreaterThan(301);
    // As it was, for the other tests.
    await test.database.query('UPDATE product SET active = id <= 301');
  });

  it('tells an idempotency conflict by name', async () => {
    const adjust = (change: number) =>
      test.ask(
        `mutation { adjustStock(productId: "7", placeId: "6", change: ${change}, reason: "x", idempotencyKey: "k") { __typename } }`,
      );
    expect(
      [(await adjust(1)).data, (await adjust(1)).data, (await adjust(2)).data].map(({ adjustStock }) => adjustStock.__typename),
    ).toEqual(['StockChanged', 'StockChanged', 'IdempotencyConflict']);
  });
});

describe('subscriptions', () => {
  it('show stock as it changes and, at the crossing only, what is low', async () => {
    const client = createClient({
      url: test.inventory.url().replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { principal: test.principal(['CLERK']) },
      retryAttempts: 0,
    });
    const watch = (query: string) => {
      const events: unknown[] = [];
      client.subscribe(
        { query },
        { next: ({ data }) => void events.push(data), error: (error) => void events.push(error), complete: () => undefined },
      );
      return events;
    };
    const changes = watch(
      'subscription { stockChanged(productId: "8", placeId: "6") { onHand available low product { id name } place { name } } }',
    );
    const low = watch('subscription { lowStock(placeId: "6") { available product { id } } }');
    await eventually(async () => {
      const subscribers = await test.metrics.registry.getSingleMetric('feed_subscribers')?.get();
      expect(subscribers?.values[0]?.value).toBe(2);
    });
    for (const quantity of [50, 9, 8]) {
      await test.ask('mutation($quantity: Int!) { countStock(productId: "8", placeId: "6", quantity: $quantity) { __typename } }', {
        quantity,
      });
    }
    await test.ask('mutation { countStock(productId: "8", placeId: "1", quantity: 3) { __typename } }');
    await eventually(() => expect(changes).toHaveLength(3));
    expect(changes[1]).toEqual({
      stockChanged: {
        onHand: 9,
        available: 9,
        low: true,
        product: { id: '8', name: expect.stringMatching(/^Café d’Inde/) },
        place: { name: 'Entrepôt d’Orléans' },
      },
    });
    expect(low).toEqual([{ lowStock: { available: 9, product: { id: '8' } } }]);
    await client.dispose();
  });
});

describe('over the broker', () => {
  it('a saga checks, reserves and, when it has ended well, sells; events go out', async () => {
    const channel = await test.broker.channel();
    await channel.assertQueue(sagaReplyQueue, { durable: true, arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 20 } });
    const { queue } = await channel.assertQueue('', { exclusive: true });
    await channel.bindQueue(queue, eventsExchange, 'stock.changed');
    const replies: { body: Record<string, unknown>; messageId: string; correlationId: string }[] = [];
    const events: Record<string, unknown>[] = [];
    await channel.consume(
      sagaReplyQueue,
      (message) => {
        if (!message) return;
        const { messageId, correlationId } = message.properties;
        replies.push({ body: JSON.parse(message.content.toString()), messageId, correlationId });
      },
      { noAck: true },
    );
    await channel.consume(queue, (message) => message && events.push(JSON.parse(message.content.toString())), { noAck: true });

    const saga_id = `saga_${randomUUID()}`;
    const send = (type: string, data: object, command_id: string = randomUUID()) => {
      const body = { saga_id, command_id, step: type, direction: 'FORWARD', data };
      channel.sendToQueue(commandQueue('inventory'), Buffer.from(JSON.stringify(body)), { type, messageId: command_id, persistent: true });
      return command_id;
    };
    const line = { product_id: 5, quantity: 2 };
    send('stock.check', { lines: [line] });
    await eventually(() => expect(replies).toHaveLength(1));
    expect(replies[0]?.body).toMatchObject({
      saga_id,
      outcome: 'SUCCESS',
      data: { place_id: 6, lines: [{ ...line, unit_price_minor: '1990' }] },
    });

    const reserve = send('stock.reserve', { lines: [line] });
    await eventually(() => expect(replies).toHaveLength(2));
    send('stock.reserve', { lines: [line] }, reserve);
    await eventually(() => expect(replies).toHaveLength(3));
    expect(replies[2]).toEqual(replies[1]);
    expect(replies[1]).toMatchObject({
      body: { command_id: reserve, outcome: 'SUCCESS' },
      messageId: `${reserve}.reply`,
      correlationId: saga_id,
    });

    const levelOf = async () => (await test.ask('{ product(id: "5") { stock { onHand allocated place { id } } } }')).data.product.stock[5];
    const held = await levelOf();
    expect(held).toMatchObject({ allocated: 2, place: { id: '6' } });
    const completed = {
      event: 'saga_completed',
      timestamp: new Date().toISOString(),
      saga_id,
      definition: 'order-processing',
      state: 'COMPLETED',
      version: 9,
    };
    for (let time = 0; time < 2; time++) {
      channel.publish(eventsExchange, 'saga.completed', Buffer.from(JSON.stringify(completed)), {
        type: 'saga.completed',
        messageId: randomUUID(),
      });
    }
    await eventually(async () => expect(await levelOf()).toMatchObject({ onHand: held.onHand - 2, allocated: 0 }));
    await eventually(() => expect(events.filter(({ produit_id }) => produit_id === 5)).toHaveLength(2));
    expect(events.filter(({ produit_id }) => produit_id === 5)).toMatchObject([{ allocated: 2 }, { allocated: 0 }]);
  });

  it('a message of an unknown type is dead-lettered and named', async () => {
    const channel = await test.broker.channel();
    channel.sendToQueue(commandQueue('inventory'), Buffer.from('{}'), { type: 'stock.burn', persistent: true });
    const letters = await takeDeadLetters(test.broker);
    await eventually(() =>
      expect(letters).toMatchObject([
        { service: 'inventory', queue: 'inventory.commands', code: 'MESSAGE_INVALID', reason: expect.stringContaining('stock.burn') },
      ]),
    );
  });
});

describe('the demo', () => {
  it('is there once, balanced, fast, and ids go on after it', async () => {
    const { seedDemoCatalogue } = await import('./demo/seed.ts');
    const { testLog } = await import('@comptoir/platform/testing/log.ts');
    const before = await test.database.query('SELECT count(*) FROM stock_movement');
    await seedDemoCatalogue(test.database, testLog());
    expect(await test.database.query('SELECT count(*) FROM stock_movement')).toEqual(before);
    const { data } = await test.ask('{ places { id kind town } suppliers { name email } }');
    expect([data.places.length, data.suppliers.length]).toEqual([6, 12]);
  });
});

it('the sweeper frees what reservations hold whose time is over', async () => {
  await using brief = await startInventory({ reservationExpiryMs: 1, sweepIntervalMs: 20 });
  const { data } = await brief.ask(
    'mutation { createProduct(input: { name: "Thé", priceMinor: 300, initialStock: 20 }) { ... on ProductCreated { product { id } } } }',
  );
  const product = Number(data.createProduct.product.id);
  const channel = await brief.broker.channel();
  const body = {
    saga_id: 'saga_1',
    command_id: randomUUID(),
    step: 'RESERVE_STOCK',
    direction: 'FORWARD',
    data: { lines: [{ product_id: product, quantity: 15 }] },
  };
  // A channel that asked for a queue that is not there is closed.
  await eventually(async () => (await brief.broker.channel()).checkQueue(commandQueue('inventory')));
  channel.sendToQueue(commandQueue('inventory'), Buffer.from(JSON.stringify(body)), { type: 'stock.reserve', persistent: true });
  const ledger = () => brief.ask('{ stockMovements { nodes { kind allocatedChange reference } } places { name kind } }');
  await eventually(async () => expect((await ledger()).data.stockMovements.nodes).toHaveLength(3));
  expect((await ledger()).data).toEqual({
    stockMovements: {
      nodes: [
        { kind: 'EXPIRY', allocatedChange: -15, reference: 'saga_1' },
        { kind: 'RESERVATION', allocatedChange: 15, reference: 'saga_1' },
        { kind: 'INITIAL', allocatedChange: 0, reference: null },
      ],
    },
    places: [{ name: 'Entrepôt central', kind: 'WAREHOUSE' }],
  });
});
