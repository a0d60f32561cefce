import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { until } from '../until.ts';
import type { Sql } from './databases.ts';
import { serviceOf } from './parts.ts';
import type { Data, GraphAnswer } from './stack.ts';

export interface OrderLine {
  readonly productId: string;
  readonly quantity: number;
}

export interface OrderOptions {
  /** The default customer's where it is left out; any other need not exist. */
  readonly customerId?: string;
  /** One of the default product where they are left out. */
  readonly lines?: readonly OrderLine[];
  readonly idempotencyKey?: string;
  /** `card` is paid; a card number of the payment provider's does what it does. */
  readonly paymentMethod?: string;
  /** Which orchestrator is asked; any that lives by default. */
  readonly part?: string;
}

/** A request for an order that a client was told is accepted. */
export interface Acknowledged {
  readonly sagaId: string;
  readonly idempotencyKey: string;
}

/** What there is to order, who orders, and what was promised to them. */
export interface World {
  /** Every acknowledged order, in the order of the acknowledgements. */
  readonly history: readonly Acknowledged[];
  /** A product with so many at the warehouse. Returns its id. */
  addProduct(options?: { stock?: number; priceMinor?: number }): Promise<string>;
  /** So many more of a product at the warehouse. */
  stockUp(productId: string, quantity: number): Promise<void>;
  /** Customers that orders has heard of. Returns their ids. */
  addCustomers(count: number): Promise<string[]>;
  /** Asks until it is acknowledged, always under the same key. Returns the saga's id. */
  startOrder(options?: OrderOptions): Promise<string>;
  /** A saga's state; null where there is none. */
  stateOf(sagaId: string): Promise<string | null>;
}

interface WorldDeps {
  readonly sql: Sql;
  readonly parts: readonly string[];
  graph(part: string, query: string, variables?: object, options?: { timeoutMs?: number }): Promise<GraphAnswer>;
}

const acknowledgedWithinMs = 300_000;
const askTimeoutMs = 20_000;
/** Doubles, as of a client that does not want to make it worse. */
const repeatAfterMs = { first: 50, most: 1_600 };
const defaultStock = 100_000;

export function createWorld({ sql, parts, graph }: WorldDeps): World {
  const history: Acknowledged[] = [];
  const once = <Value>(make: () => Promise<Value>) => {
    let made: Promise<Value> | undefined;
    return () => {
      made ??= make();
      return made;
    };
  };
  const defaultProduct = once(() => addProduct({ stock: defaultStock }));
  const defaultCustomer = once(async () => (await addCustomers(1))[0] as string);

  /** Whatever is killed meanwhile: repeats until there is an answer. An answer with errors is none, as those of a service that starts or stops. */
  async function askUntilAnswered(part: string, query: string, variables: object): Promise<Data> {
    const deadline = Date.now() + acknowledgedWithinMs;
    for (let pauseMs = repeatAfterMs.first; ; pauseMs = Math.min(2 * pauseMs, repeatAfterMs.most)) {
      let fault: unknown;
      try {
        const { data, errors } = await graph(part, query, variables, { timeoutMs: askTimeoutMs });
        if (!errors) return data;
        fault = new Error(JSON.stringify(errors));
        if (errors.some(({ extensions }) => extensions.code === 'BAD_USER_INPUT' || extensions.code === 'GRAPHQL_VALIDATION_FAILED'))
          throw fault;
      } catch (error) {
        if (error === fault) throw error;
        fault = error;
      }
      if (Date.now() > deadline) throw new Error(`${part} did not acknowledge within ${acknowledgedWithinMs / 1000} s`, { cause: fault });
      await delay(pauseMs);
    }
  }

  async function addProduct({ stock = 0, priceMinor = 1_250 } = {}): Promise<string> {
    const key = randomUUID();
    const { createProduct } = await askUntilAnswered(
      'inventory',
      `mutation ($input: CreateProductInput!, $key: String) {
        createProduct(input: $input, idempotencyKey: $key) { ... on ProductCreated { product { id } } }
      }`,
      { input: { name: `Café ${key.slice(0, 8)}`, priceMinor, initialStock: stock, alertThreshold: 0 }, key },
    );
    return createProduct.product.id;
  }

  async function stockUp(productId: string, quantity: number): Promise<void> {
    const [place] = await sql<{ id: number }>('inventory', `SELECT id FROM place WHERE kind = 'WAREHOUSE' ORDER BY id LIMIT 1`);
    const { adjustStock } = await askUntilAnswered(
      'inventory',
      `mutation ($product: ID!, $place: ID!, $change: Int!, $key: String) {
        adjustStock(productId: $product, placeId: $place, change: $change, reason: "delivery", idempotencyKey: $key) { __typename }
      }`,
      { product: productId, place: String(place?.id), change: quantity, key: randomUUID() },
    );
    if (adjustStock.__typename !== 'StockChanged') throw new Error(`stock was not added: ${JSON.stringify(adjustStock)}`);
  }

  async function addCustomers(count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let n = 0; n < count; n++) {
      const key = randomUUID();
      const { createCustomer } = await askUntilAnswered(
        'customers',
        `mutation ($input: CreateCustomerInput!, $key: String) {
          createCustomer(input: $input, idempotencyKey: $key) { ... on CustomerCreated { customer { id } } }
        }`,
        { input: { firstName: 'Camille', lastName: `Client ${n}`, email: `${key}@example.com` }, key },
      );
      ids.push(createCustomer.customer.id);
    }
    await heardOf(ids);
    return ids;
  }

  async function heardOf(ids: readonly string[]): Promise<void> {
    if (!parts.some((part) => serviceOf(part) === 'orders')) return;
    let heard = 0;
    await until(
      async () => {
        heard = (await sql('orders', 'SELECT FROM customer WHERE known AND id = ANY($1::int[])', [ids])).length;
        return heard === ids.length;
      },
      acknowledgedWithinMs,
      () => `orders has heard of ${heard} of ${ids.length} customers`,
    );
  }

  return {
    history,
    addProduct,
    stockUp,
    addCustomers,
    async startOrder({ customerId, lines, idempotencyKey = randomUUID(), paymentMethod = 'card', part = 'sagas' } = {}) {
      const input = {
        customerId: customerId ?? (await defaultCustomer()),
        lines: lines ?? [{ productId: await defaultProduct(), quantity: 1 }],
        shippingAddress: '1 rue du Comptoir, Lyon',
        paymentMethod,
      };
      const { startOrderProcessing } = await askUntilAnswered(
        part,
        `mutation ($input: StartOrderProcessingInput!, $key: String) {
          startOrderProcessing(input: $input, idempotencyKey: $key) { __typename ... on OrderProcessingStarted { saga { id } } }
        }`,
        { input, key: idempotencyKey },
      );
      const sagaId = startOrderProcessing.saga?.id;
      if (!sagaId) throw new Error(`the order was not accepted: ${JSON.stringify(startOrderProcessing)}`);
      history.push({ sagaId, idempotencyKey });
      return sagaId;
    },
    async stateOf(sagaId) {
      const [saga] = await sql<{ state: string }>('sagas', 'SELECT state FROM saga WHERE id = $1', [sagaId]);
      return saga?.state ?? null;
    },
  };
}
