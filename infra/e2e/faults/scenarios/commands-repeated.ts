import { randomUUID } from 'node:crypto';
import { commandQueue, sagaReplyQueue } from '@comptoir/schema/topology.ts';
import { newSagaId, type Scenario, type Services, within, withServices } from './services.ts';

const quantity = 1;

/** A product with five units in a warehouse; returns its id. */
export async function addProduct({ sql }: Services, stock = 5): Promise<number> {
  await sql('inventory', `INSERT INTO place (name, kind, town) VALUES ('Dépôt', 'WAREHOUSE', 'Metz') ON CONFLICT DO NOTHING`);
  const [row] = await sql<{ id: number }>(
    'inventory',
    `WITH added AS (
       INSERT INTO product (sku, name, price_minor, tax_ppm, alert_threshold) VALUES (gen_random_uuid()::text, 'Café', 1250, 55000, 0) RETURNING id
     ), level AS (
       INSERT INTO stock_level (product_id, place_id, on_hand, threshold) SELECT added.id, place.id, $1::int, 0 FROM added, place
     ), ledger AS (
       INSERT INTO stock_movement (product_id, place_id, kind, on_hand_change, allocated_change) SELECT added.id, place.id, 'INITIAL', $1::int, 0 FROM added, place
     )
     SELECT id FROM added`,
    [stock],
  );
  return row?.id as number;
}

export async function allocated({ sql }: Services, productId: number): Promise<number> {
  const [row] = await sql<{ allocated: number }>('inventory', 'SELECT allocated FROM stock_level WHERE product_id = $1', [productId]);
  return row?.allocated ?? 0;
}

/** A command that comes three times, as after a lost reply, is carried out once and answered three times, each time the same (F7, F9). */
export const commandsRepeated: Scenario = (env) =>
  withServices(env, async (services) => {
    await services.start('inventory');
    const product = await addProduct(services);
    const replies = await services.listen(sagaReplyQueue);
    const command = {
      saga_id: newSagaId(),
      command_id: randomUUID(),
      step: 'RESERVE_STOCK',
      direction: 'FORWARD',
      data: { lines: [{ product_id: product, quantity }] },
    };
    const violations: string[] = [];
    for (const time of [1, 2, 3]) {
      await services.send(commandQueue('inventory'), 'stock.reserve', command, command.command_id);
      if (!(await within(4_000, () => replies.length >= time))) violations.push(`the command was not answered the ${time}. time it came`);
    }
    const different = new Set(replies.map(({ id, body }) => JSON.stringify([id, body])));
    if (different.size !== 1) violations.push(`there are ${different.size} different answers to one command`);
    const held = await allocated(services, product);
    if (held !== quantity) violations.push(`${held} units are held instead of ${quantity}`);
    return violations;
  });
