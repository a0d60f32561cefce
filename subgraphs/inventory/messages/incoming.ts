import { createBatchConsumer } from '@comptoir/platform/broker/batch-consumer.ts';
import type { ConsumerDeps, Message } from '@comptoir/platform/broker/consumer.ts';
import { ofType } from '@comptoir/platform/broker/message.ts';
import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import type { Metrics } from '@comptoir/platform/metrics.ts';
import type { Service } from '@comptoir/platform/service.ts';
import type { MessageOf } from '@comptoir/schema/messages.ts';
import { commandQueue, inventorySagasQueue } from '@comptoir/schema/topology.ts';
import { checkStock } from '../commands/check-stock.ts';
import { releaseStock, restock, sellReserved } from '../commands/end-reservations.ts';
import { reserveStock } from '../commands/reserve-stock.ts';
import { answerOnce } from './answer-once.ts';
import type { Answer } from './outgoing.ts';

export const service = 'inventory';

const stockCommands = ['stock.check', 'stock.reserve', 'stock.release', 'stock.restock'] as const;
type StockCommand = (typeof stockCommands)[number];

/** What carries out commands of one type. */
type Work<Command> = (em: EntityManager, bodies: readonly Command[]) => Promise<readonly Answer[]>;

/** Handled by one transaction: those that came while the last one ran. */
const maxBatch = 40;

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
  const work: { readonly [Type in StockCommand]: Work<MessageOf<Type>> } = {
    'stock.check': (em, bodies) =>
      checkStock(
        em,
        bodies.map(({ data }) => data),
      ),
    'stock.reserve': (em, bodies) =>
      reserveStock(
        em,
        bodies.map(({ saga_id: sagaId, data }) => ({ sagaId, ...data })),
        { expiryMs },
      ),
    'stock.release': (em, bodies) =>
      releaseStock(
        em,
        bodies.map(({ saga_id }) => saga_id),
      ),
    'stock.restock': (em, bodies) =>
      restock(
        em,
        bodies.map(({ data }) => data.sold_by_saga),
      ),
  };

  async function carryOut<Type extends StockCommand>(type: Type, its: readonly Message<MessageOf<Type>>[]): Promise<void> {
    if (its.length === 0) return;
    for (const { outcome } of await answerOnce<MessageOf<Type>>(database, queue, its, work[type])) commands.inc({ type, outcome });
  }

  return [
    createBatchConsumer(
      {
        service,
        queue,
        type: stockCommands,
        maxBatch,
        maxWaitMs: 0,
        async handle(messages) {
          // Those of one type in one transaction: so all of them lock in one order.
          for (const type of stockCommands) await carryOut(type, ofType(type, messages));
          return messages.map(() => 'ok');
        },
      },
      shared,
    ),
    createBatchConsumer(
      {
        service,
        queue: inventorySagasQueue,
        type: 'saga.completed',
        maxBatch,
        maxWaitMs: 0,
        async handle(messages) {
          const sagaIds = messages.map(({ body }) => body.saga_id);
          for (const { sagaId, productId, placeId, quantity } of await sellReserved(database, sagaIds)) {
            missing.inc();
            deps.log.error({ event: 'stock_missing', sagaId, productId, placeId, quantity }, 'goods were sold that are not there');
          }
          return messages.map(() => 'ok');
        },
      },
      shared,
    ),
  ];
}
