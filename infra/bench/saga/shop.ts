/**
 * What the five steps do in the databases, without any engine: the same tables and about the same statements as the subgraphs have, less inbox, outbox and what
 * undoes a step. Floor and peer run it, with a driver of their own.
 */
export type Query = <Row = Record<string, unknown>>(sql: string, parameters: readonly unknown[]) => Promise<Row[]>;

export interface Order {
  readonly customerId: number;
  readonly lines: readonly { readonly productId: number; readonly quantity: number }[];
}

export interface PricedLine {
  readonly productId: number;
  readonly quantity: number;
  readonly priceMinor: number;
}

export interface Payment {
  readonly orderId: number;
  readonly amountMinor: string;
}

export const products = 300;
export const customers = 200;

/** Orders as all three sides process them: two lines, spread over all products in the order in which rows are locked. */
export function makeOrder(n: number): Order {
  const first = ((n * 7) % (products - 1)) + 1;
  return {
    customerId: (n % customers) + 1,
    lines: [
      { productId: first, quantity: 1 },
      { productId: first + 1, quantity: 2 },
    ],
  };
}

export const inventorySchema = `
  CREATE TABLE product (id int PRIMARY KEY, name text NOT NULL, price_minor bigint NOT NULL, active boolean NOT NULL DEFAULT true);
  CREATE TABLE stock_level (product_id int PRIMARY KEY REFERENCES product, on_hand int NOT NULL, allocated int NOT NULL DEFAULT 0, version int NOT NULL DEFAULT 1,
    updated_at timestamptz NOT NULL DEFAULT now(), CHECK (allocated BETWEEN 0 AND on_hand)) WITH (fillfactor = 70);
  CREATE TABLE reservation (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, saga_id text NOT NULL, product_id int NOT NULL, quantity int NOT NULL,
    state text NOT NULL DEFAULT 'HELD', expires_at timestamptz NOT NULL, ended_at timestamptz, UNIQUE (saga_id, product_id));
  CREATE TABLE stock_movement (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, product_id int NOT NULL, kind text NOT NULL, on_hand_change int NOT NULL,
    allocated_change int NOT NULL, reference text, at timestamptz NOT NULL DEFAULT clock_timestamp());
  INSERT INTO product (id, name, price_minor) SELECT n, 'Product ' || n, 100 + n FROM generate_series(1, ${products}) n;
  INSERT INTO stock_level (product_id, on_hand) SELECT id, 1000000 FROM product;`;

export const ordersSchema = `
  CREATE TABLE customer (id int PRIMARY KEY, known boolean NOT NULL DEFAULT true, deleted_at timestamptz);
  CREATE TABLE customer_order (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id int NOT NULL, status text NOT NULL DEFAULT 'PENDING',
    total_minor bigint NOT NULL, shipping_address text NOT NULL, saga_id text UNIQUE, version int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(), updated_at timestamptz NOT NULL DEFAULT clock_timestamp()) WITH (fillfactor = 70);
  CREATE INDEX order_customer ON customer_order (customer_id, id);
  CREATE TABLE order_line (order_id int NOT NULL REFERENCES customer_order, number int NOT NULL, product_id int NOT NULL, quantity int NOT NULL,
    unit_price_minor bigint NOT NULL, PRIMARY KEY (order_id, number));
  CREATE TABLE payment (id text PRIMARY KEY, order_id int NOT NULL REFERENCES customer_order, saga_id text NOT NULL UNIQUE, status text NOT NULL DEFAULT 'PENDING',
    amount_minor bigint NOT NULL, provider_reference text, created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp());
  INSERT INTO customer (id) SELECT generate_series(1, ${customers});`;

const productIds = (lines: readonly { productId: number }[]) => lines.map(({ productId }) => productId);
const quantities = (lines: readonly { quantity: number }[]) => lines.map(({ quantity }) => quantity);

export async function checkStock(query: Query, { lines }: Order): Promise<PricedLine[]> {
  const rows = await query<{ id: number; price_minor: string; available: number }>(
    `SELECT p.id, p.price_minor::text AS price_minor, l.on_hand - l.allocated AS available FROM product p JOIN stock_level l ON l.product_id = p.id
     WHERE p.id = ANY($1::int[]) AND p.active`,
    [productIds(lines)],
  );
  const offers = new Map(rows.map((row) => [row.id, row]));
  return lines.map(({ productId, quantity }) => {
    const offer = offers.get(productId);
    if (!offer || offer.available < quantity) throw new Error(`product ${productId} cannot be had`);
    return { productId, quantity, priceMinor: Number(offer.price_minor) };
  });
}

export async function reserveStock(query: Query, sagaId: string, lines: readonly PricedLine[]): Promise<void> {
  await query('SELECT id, name, active FROM product WHERE id = ANY($1::int[])', [productIds(lines)]);
  for (const { productId, quantity } of lines) {
    const taken = await query(
      `UPDATE stock_level SET allocated = allocated + $2, version = version + 1, updated_at = clock_timestamp()
       WHERE product_id = $1 AND on_hand - allocated >= $2 RETURNING version`,
      [productId, quantity],
    );
    if (taken.length === 0) throw new Error(`product ${productId} is sold out`);
  }
  await query(
    `WITH line AS (SELECT * FROM unnest($2::int[], $3::int[]) AS line(product_id, quantity)), ledger AS (
       INSERT INTO stock_movement (product_id, kind, on_hand_change, allocated_change, reference) SELECT product_id, 'RESERVATION', 0, quantity, $1 FROM line)
     INSERT INTO reservation (saga_id, product_id, quantity, expires_at) SELECT $1, product_id, quantity, clock_timestamp() + interval '30 minutes' FROM line`,
    [sagaId, productIds(lines), quantities(lines)],
  );
}

export async function createOrder(query: Query, sagaId: string, { customerId }: Order, lines: readonly PricedLine[]): Promise<Payment> {
  const found = await query('SELECT known FROM customer WHERE id = $1 AND deleted_at IS NULL', [customerId]);
  if (found.length === 0) throw new Error(`there is no customer ${customerId}`);
  const total = lines.reduce((sum, { quantity, priceMinor }) => sum + quantity * priceMinor, 0);
  const [row] = await query<{ id: number }>(
    `WITH created AS (
       INSERT INTO customer_order (customer_id, total_minor, shipping_address, saga_id) VALUES ($1, $2, $3, $4) RETURNING id
     ), its_lines AS (
       INSERT INTO order_line (order_id, number, product_id, quantity, unit_price_minor)
       SELECT created.id, line.n, line.product_id, line.quantity, line.price
       FROM created, unnest($5::int[], $6::int[], $7::bigint[]) WITH ORDINALITY AS line(product_id, quantity, price, n)
     )
     SELECT id FROM created`,
    [
      customerId,
      total,
      '12 rue des Halles, 45000 Orléans',
      sagaId,
      productIds(lines),
      quantities(lines),
      lines.map(({ priceMinor }) => priceMinor),
    ],
  );
  return { orderId: row?.id ?? 0, amountMinor: String(total) };
}

/** That the provider is about to be asked. */
export async function intendPayment(query: Query, sagaId: string, { orderId, amountMinor }: Payment): Promise<void> {
  await query('SELECT status FROM customer_order WHERE id = $1 FOR UPDATE', [orderId]);
  await query('INSERT INTO payment (id, order_id, saga_id, amount_minor) VALUES ($1, $2, $3, $4)', [
    `pay_${sagaId}`,
    orderId,
    sagaId,
    amountMinor,
  ]);
}

/** Asks the provider, which is the same for all sides. Returns its reference. */
export async function capture(providerUrl: string, sagaId: string, { amountMinor }: Payment): Promise<string> {
  const response = await fetch(`${providerUrl}/v1/captures`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': sagaId },
    body: JSON.stringify({ amount: amountMinor, currency: 'EUR', method: 'card' }),
  });
  const { id } = (await response.json()) as { id: string };
  if (response.status !== 201) throw new Error(`the provider answered with ${response.status}`);
  return id;
}

export async function settlePayment(query: Query, sagaId: string, { orderId }: Payment, reference: string): Promise<void> {
  await query('SELECT status FROM customer_order WHERE id = $1 FOR UPDATE', [orderId]);
  await query(`UPDATE payment SET status = 'CAPTURED', provider_reference = $2, updated_at = clock_timestamp() WHERE saga_id = $1`, [
    sagaId,
    reference,
  ]);
  await query('UPDATE customer_order SET version = version + 1, updated_at = clock_timestamp() WHERE id = $1', [orderId]);
}

export async function confirmOrder(query: Query, { orderId }: Payment): Promise<void> {
  await query('SELECT status FROM customer_order WHERE id = $1 FOR UPDATE', [orderId]);
  await query(
    `UPDATE customer_order SET status = 'CONFIRMED', version = version + 1, updated_at = clock_timestamp() WHERE id = $1 RETURNING version`,
    [orderId],
  );
}

/** After the end: what was reserved is sold. */
export async function sellReserved(query: Query, sagaId: string): Promise<void> {
  await query(
    `SELECT l.product_id FROM stock_level l WHERE product_id IN (SELECT product_id FROM reservation WHERE saga_id = $1) ORDER BY product_id FOR UPDATE`,
    [sagaId],
  );
  await query(
    `WITH sold AS (UPDATE reservation SET state = 'SOLD', ended_at = clock_timestamp() WHERE saga_id = $1 AND state = 'HELD' RETURNING product_id, quantity), ledger AS (
       INSERT INTO stock_movement (product_id, kind, on_hand_change, allocated_change, reference) SELECT product_id, 'SALE', -quantity, -quantity, $1 FROM sold)
     UPDATE stock_level l SET on_hand = on_hand - sold.quantity, allocated = allocated - sold.quantity, version = version + 1, updated_at = clock_timestamp()
     FROM sold WHERE l.product_id = sold.product_id`,
    [sagaId],
  );
}
