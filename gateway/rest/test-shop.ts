import { refuseUnfit } from './test-shop-rules.ts';

/** The root fields of customers, inventory, orders and sagas that the facade uses, in the memory of this process. */
export interface TestShop {
  /** As it was at first: customer 1, product 5 in category 1 at place 1, order 1 and cart 1 of that customer, one saga. */
  reset(): void;
  /** As graphql-js takes a rootValue: each called with its arguments. */
  // biome-ignore lint/suspicious/noExplicitAny: their arguments are the schema's.
  readonly fields: Readonly<Record<string, (args: any) => unknown>>;
  /** Changed by tests to what no mutation leads to. */
  readonly orders: Map<string, TestOrder>;
  readonly carts: Map<string, { checkedOut: boolean }>;
  readonly sagas: Map<string, object>;
  setAllocated(count: number): void;
}

export interface TestOrder {
  id: string;
  customerId: string;
  customerDeleted: boolean;
  status: string;
  nextStatuses(): readonly string[];
  lines: { productId: string; quantity: number; unitPrice: Money; [field: string]: unknown }[];
  total: Money;
}

interface Money {
  readonly amount: string;
  readonly minor: string;
  readonly currency: string;
}

interface Thing {
  id: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the input of the mutation has.
  [field: string]: any;
}

const money = (minor: number): Money => ({ amount: (minor / 100).toFixed(2), minor: String(minor), currency: 'EUR' });
const now = () => '2026-11-21T10:18:26.000Z';
const notFound = (kind: string, id: string) => ({ __typename: 'NotFound', message: 'no such thing', kind, id });
const taken = (field: string) => ({ __typename: 'AlreadyTaken', message: 'taken', field });

const waysOn: Readonly<Record<string, readonly string[]>> = {
  PENDING: ['SHIPPED', 'CANCELLED'],
  CONFIRMED: ['SHIPPED', 'CANCELLED'],
  SHIPPED: ['DELIVERED'],
};
function nextStatuses(this: TestOrder): readonly string[] {
  return waysOn[this.status] ?? [];
}

interface PageArguments {
  first: number;
  after?: string | null;
  offset?: number | null;
}
function page(all: readonly unknown[], { first, after, offset }: PageArguments) {
  const from = after ? Number(after) : (offset ?? 0);
  const nodes = all.slice(from, from + first);
  const end = from + nodes.length;
  return { nodes, totalCount: all.length, pageInfo: { hasNextPage: end < all.length, endCursor: String(end) } };
}
const given = (input: object) => Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
const newestFirst = (things: Map<string, unknown>) => [...things.values()].reverse();

export function createTestShop(): TestShop {
  const customers = new Map<string, Thing>();
  const products = new Map<string, Thing>();
  const categories = new Map<string, Thing>();
  const orders = new Map<string, TestOrder>();
  const carts = new Map<string, Thing & { checkedOut: boolean }>();
  const sagas = new Map<string, object>();
  const answers = new Map<string, { input: string; answer: unknown }>();
  const level = { onHand: 14, allocated: 2 };

  let lastId = 0;
  const add = <T extends { id: string }>(things: Map<string, T>, thing: Omit<T, 'id'>, id = String(++lastId)) => {
    const added = { id, version: 1, createdAt: now(), updatedAt: now(), ...thing } as unknown as T;
    things.set(id, added);
    return added;
  };
  /** Same key and input, same answer. */
  const once = <T extends { idempotencyKey?: string }>(operation: string, work: (args: T) => unknown) => {
    return (args: T) => {
      const { idempotencyKey: key, ...rest } = args;
      if (key === undefined) return work(args);
      const input = JSON.stringify(rest);
      const known = answers.get(operation + key);
      if (known) return known.input === input ? known.answer : { __typename: 'IdempotencyConflict', message: 'other input', key };
      const answer = work(args);
      answers.set(operation + key, { input, answer });
      return answer;
    };
  };

  const productView = (product: Thing) => ({
    ...product,
    price: money(product.priceMinor),
    category: categories.get(product.categoryId) ?? null,
    supplier: product.supplierId ? { id: product.supplierId } : null,
  });
  const levelView = () => ({ ...level, product: { id: '5' }, place: { id: '1' }, available: level.onHand - level.allocated, low: false });
  const missingReference = ({ categoryId, supplierId }: Partial<Thing>) => {
    if (categoryId && !categories.has(categoryId)) return notFound('category', categoryId);
    return supplierId && supplierId !== '1' ? notFound('supplier', supplierId) : null;
  };
  const ordersOf = (customerId: string | undefined) =>
    (newestFirst(orders) as TestOrder[]).filter((order) => !customerId || order.customerId === customerId);

  function createOrder({
    input,
  }: {
    idempotencyKey?: string;
    input: { customerId: string; lines: { productId: string; quantity: number; unitPriceMinor: number }[] };
  }) {
    refuseUnfit(input);
    const lines = input.lines.map(({ productId, quantity, unitPriceMinor }, index) => ({
      number: index + 1,
      productId,
      quantity,
      unitPrice: money(unitPriceMinor),
    }));
    const total = money(input.lines.reduce((sum, { quantity, unitPriceMinor }) => sum + quantity * unitPriceMinor, 0));
    const order = add(orders, { customerId: input.customerId, customerDeleted: false, status: 'PENDING', nextStatuses, lines, total });
    return { __typename: 'OrderCreated', order };
  }
  const move = (status: string) => {
    return ({ id }: { id: string }) => {
      const order = orders.get(id);
      if (!order) return notFound('order', id);
      if (!order.nextStatuses().includes(status)) return { __typename: 'OrderTransitionRefused', message: 'refused', order };
      order.status = status;
      return { __typename: 'OrderChanged', order };
    };
  };
  const cartLines = (lines: { productId: string; quantity: number }[]) =>
    lines.map(({ productId, quantity }) => ({ productId, quantity, productDeleted: false }));
  const missingInCart = ({ customerId, lines }: { customerId?: string; lines: { productId: string }[] }) => {
    if (customerId && !customers.has(customerId)) return notFound('customer', customerId);
    const unknown = lines.find(({ productId }) => !products.has(productId));
    return unknown ? notFound('product', unknown.productId) : null;
  };
  const duplicate = (email: string | undefined, id?: string) =>
    [...customers.values()].some((other) => other.id !== id && other.email.toLowerCase() === email?.toLowerCase());

  const createCustomerOnce = once('createCustomer', ({ input }: { input: Thing; idempotencyKey?: string }) => {
    refuseUnfit(input);
    if (duplicate(input.email)) return taken('email');
    return { __typename: 'CustomerCreated', customer: add(customers, { phone: null, ...input }) };
  });

  const fields: TestShop['fields'] = {
    customer: ({ id }) => customers.get(id) ?? null,
    customers: ({ search, ...args }) =>
      page(
        [...customers.values()].filter(({ lastName }) => !search || lastName.toLowerCase().includes(search.toLowerCase())),
        args,
      ),
    createCustomer: (args) => {
      const outcome = createCustomerOnce(args) as { customer?: Thing };
      return outcome.customer && !customers.has(outcome.customer.id) ? notFound('customer', outcome.customer.id) : outcome;
    },
    updateCustomer: ({ id, input }) => {
      const customer = customers.get(id);
      if (!customer) return notFound('customer', id);
      refuseUnfit(input);
      if (duplicate(input.email, id)) return taken('email');
      Object.assign(customer, given(input));
      return { __typename: 'CustomerUpdated', customer };
    },
    deleteCustomer: ({ id }) => {
      if (!customers.delete(id)) return notFound('customer', id);
      for (const order of ordersOf(id)) order.customerDeleted = true;
      return { __typename: 'CustomerDeleted', id };
    },

    product: ({ id }) => (products.has(id) ? productView(products.get(id) as Thing) : null),
    products: ({ filter = {}, ...args }) => {
      const { categoryId, minPrice = 0, maxPrice = Number.POSITIVE_INFINITY, search = '' } = filter;
      const found = [...products.values()].filter(
        (product) =>
          product.active &&
          (!categoryId || product.categoryId === categoryId) &&
          product.priceMinor >= minPrice &&
          product.priceMinor <= maxPrice &&
          product.name.toLowerCase().includes(search.toLowerCase()),
      );
      return page(found.map(productView), args);
    },
    createProduct: once('createProduct', ({ input }: { input: Thing; idempotencyKey?: string }) => {
      refuseUnfit(input);
      const missing = missingReference(input);
      if (missing) return missing;
      if (input.sku && [...products.values()].some(({ sku }) => sku === input.sku)) return taken('sku');
      const { initialStock, ...rest } = input;
      const id = String(++lastId);
      const product = add(
        products,
        { description: null, barcode: null, sku: `SKU-${id}`, active: true, ...rest, available: initialStock },
        id,
      );
      return { __typename: 'ProductCreated', product: productView(product) };
    }),
    updateProduct: ({ id, input }) => {
      const product = products.get(id);
      if (!product) return notFound('product', id);
      if (!product.active) return { __typename: 'ProductOutOfSale', message: 'archived', product: productView(product) };
      refuseUnfit(input);
      const missing = missingReference(input);
      if (missing) return missing;
      if (input.sku && [...products.values()].some((other) => other.id !== id && other.sku === input.sku)) return taken('sku');
      const { totalStock, ...rest } = input;
      Object.assign(product, given(rest), totalStock === undefined ? {} : { available: totalStock });
      return { __typename: 'ProductUpdated', product: productView(product) };
    },
    archiveProduct: ({ id }) => {
      const product = products.get(id);
      if (!product) return notFound('product', id);
      const changed = product.active;
      product.active = false;
      return { __typename: 'ProductArchived', product: productView(product), changed };
    },
    categories: ({ all }) => [...categories.values()].filter(({ parent }) => all || parent === null),
    createCategory: once('createCategory', ({ input: { name, parentId } }: { input: Thing; idempotencyKey?: string }) => {
      if (parentId && !categories.has(parentId)) return notFound('category', parentId);
      if ([...categories.values()].some((other) => other.name === name)) return taken('name');
      return { __typename: 'CategoryCreated', category: add(categories, { name, parent: categories.get(parentId) ?? null }) };
    }),
    stock: ({ productId, placeId, ...args }) =>
      page(
        [levelView()].filter(
          ({ product, place }) => [product.id, undefined].includes(productId) && [place.id, undefined].includes(placeId),
        ),
        args,
      ),
    countStock: ({ productId, placeId, quantity, expectedOnHand }) => {
      if (productId !== '5') return notFound('product', productId);
      if (placeId !== '1') return notFound('place', placeId);
      if (expectedOnHand !== undefined && expectedOnHand !== level.onHand)
        return { __typename: 'StaleStock', message: 'stale', level: levelView() };
      if (quantity < level.allocated) {
        const { allocated: requested } = level;
        return { __typename: 'InsufficientStock', message: 'promised', product: { id: productId }, requested, available: quantity };
      }
      level.onHand = quantity;
      return { __typename: 'StockChanged', level: levelView() };
    },

    order: ({ id }) => orders.get(id) ?? null,
    orders: ({ customerId, ...args }) => page(ordersOf(customerId), args),
    createOrder: once('createOrder', createOrder),
    shipOrder: move('SHIPPED'),
    deliverOrder: move('DELIVERED'),
    cancelOrder: move('CANCELLED'),
    deleteOrder: ({ id }) => {
      const order = orders.get(id);
      if (!order) return notFound('order', id);
      if (order.status !== 'PENDING') return { __typename: 'OrderTransitionRefused', message: 'refused', order };
      orders.delete(id);
      return { __typename: 'OrderChanged', order };
    },
    cart: ({ id }) => carts.get(id) ?? null,
    carts: (args) => page(newestFirst(carts), args),
    createCart: once('createCart', ({ customerId, lines }: { customerId?: string; lines: never[]; idempotencyKey?: string }) => {
      const missing = missingInCart({ ...(customerId ? { customerId } : {}), lines });
      if (missing) return missing;
      const cart = add(carts, { customerId: customerId ?? null, lines: cartLines(lines), checkedOut: false, saga: null } as never);
      return { __typename: 'CartChanged', cart };
    }),
    setCartLines: ({ id, lines, customerId }) => {
      const cart = carts.get(id);
      if (!cart) return notFound('cart', id);
      const missing = missingInCart({ customerId, lines });
      if (missing) return missing;
      if (cart.checkedOut) return { __typename: 'CartCheckedOut', message: 'checked out', cart };
      Object.assign(cart, { lines: cartLines(lines) }, customerId === undefined ? {} : { customerId });
      return { __typename: 'CartChanged', cart };
    },

    saga: ({ id }) => sagas.get(id) ?? null,
    sagas: (args) => page(newestFirst(sagas), args),
    startOrderProcessing: once('startOrderProcessing', ({ input }: { input: Thing; idempotencyKey?: string }) => {
      const saga = add(sagas as Map<string, Thing>, { ...sagaAtFirst, input }, `saga_${++lastId}`);
      return { __typename: 'OrderProcessingStarted', saga };
    }),
  };

  function reset(): void {
    for (const things of [customers, products, categories, orders, carts, sagas, answers]) things.clear();
    Object.assign(level, { onHand: 14, allocated: 2 });
    lastId = 0;
    const claire = { lastName: 'Martin', firstName: 'Claire', email: 'claire.martin@example.com', phone: '06 12 34 56 78', active: true };
    add(customers, claire, '1');
    const cafes = add(categories, { name: 'Cafés du monde', parent: null }, '1');
    add(categories, { name: 'Kenya', parent: cafes }, '2');
    add(
      products,
      {
        name: 'Café Kenya',
        priceMinor: 1250,
        available: 40,
        description: 'Cassis',
        categoryId: '1',
        sku: 'CAFE-5',
        barcode: '2000000000053',
        supplierId: '1',
        alertThreshold: 10,
        active: true,
      },
      '5',
    );
    createOrder({ input: { customerId: '1', lines: [{ productId: '5', quantity: 3, unitPriceMinor: 1999 }] } });
    add(carts, { customerId: '1', lines: cartLines([{ productId: '5', quantity: 2 }]), checkedOut: false, saga: null } as never, '1');
    add(sagas as Map<string, Thing>, sagaAtFirst, 'saga_1');
    lastId = 100;
  }

  reset();
  return { reset, fields, orders, carts, sagas, setAllocated: (count) => Object.assign(level, { allocated: count }) };
}

const step = (name: string, status: string, duration: number | null = null) => ({ step: name, status, duration });

/** As the documented failure leaves it. */
const sagaAtFirst = {
  state: 'COMPENSATED',
  duration: 3.12,
  steps: [
    step('CHECK_STOCK', 'SUCCESS', 0.02),
    step('RESERVE_STOCK', 'SUCCESS', 0.03),
    step('CREATE_ORDER', 'FAILURE', 3.01),
    step('PROCESS_PAYMENT', 'SKIPPED'),
    step('CONFIRM_ORDER', 'SKIPPED'),
  ],
  compensations: [step('RELEASE_STOCK', 'SUCCESS', 0.02)],
  error: 'There is no customer 99999',
};
