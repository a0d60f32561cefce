import { type ConsumerDeps, createConsumer, type Message } from '@comptoir/platform/broker/consumer.ts';
import { createMixedConsumer } from '@comptoir/platform/broker/mixed-consumer.ts';
import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import type { Metrics } from '@comptoir/platform/metrics.ts';
import type { Service } from '@comptoir/platform/service.ts';
import { commandQueue, inventorySagasQueue } from '@comptoir/schema/topology.ts';
import { checkStock } from '../commands/check-stock.ts';
import { releaseStock, restock, sellReserved } from '../commands/end-reservations.ts';
import { reserveStock } from '../commands/reserve-stock.ts';
import { answerOnce } from './answer-once.ts';
import type { Answer, SagaCommand } from './outgoing.ts';

export const service = 'inventory';

export interface IncomingDeps extends ConsumerDeps {
  readonly database: Database;
  readonly metrics: Metrics;
}

/** The commands of sagas, and the news that one has ended well. */
export function createConsumers({ database, metrics, ...deps }: IncomingDeps, { expiryMs }: { expiryMs: number }): Service[] {
  const shared = { ...deps, metrics, probe: (signal: AbortSignal) => database.ping(signal) };
  const queue = commandQueue('inventory');
  const commands = metrics.counter({
    name: 'inventory_saga_commands_total',
    help: 'Commands of sagas that were carried out or answered again, by type and outcome.',
    labelNames: ['type', 'outcome'],
  });
  const missing = metrics.counter({
    name: 'inventory_stock_discrepancies_total',
    help: 'Lines that were sold though their reservation had run out and the goods were gone: somebody has to look.',
  });
  const answered =
    <Body extends SagaCommand>(type: string, work: (em: EntityManager, body: Body) => Promise<Answer>) =>
    async ({ body }: Message<Body>): Promise<void> => {
      const { outcome } = await answerOnce(database, queue, body, (em) => work(em, body));
      commands.inc({ type, outcome });
    };

  return [
    createMixedConsumer(
      {
        service,
        queue,
        prefetch: 20,
        handlers: {
          'stock.check': answered('stock.check', (em, { data }) => checkStock(em, data)),
          'stock.reserve': answered('stock.reserve', (em, { saga_id, data }) => reserveStock(em, saga_id, data, { expiryMs })),
          'stock.release': answered('stock.release', (em, { saga_id }) => releaseStock(em, saga_id)),
          'stock.restock': answered('stock.restock', (em, { data }) => restock(em, data.sold_by_saga)),
        },
      },
      shared,
    ),
    createConsumer(
      {
        service,
        queue: inventorySagasQueue,
        type: 'saga.completed',
        prefetch: 20,
        async handle({ body: { saga_id } }) {
          for (const { productId, placeId, quantity } of await sellReserved(database, saga_id)) {
            missing.inc();
            deps.log.error({ event: 'stock_missing', sagaId: saga_id, productId, placeId, quantity }, 'goods were sold that are not there');
          }
        },
      },
      shared,
    ),
  ];
}
