import { createHash } from 'node:crypto';
import { type ConsumerDeps, createConsumer, type Message } from '@comptoir/platform/broker/consumer.ts';
import { createMixedConsumer } from '@comptoir/platform/broker/mixed-consumer.ts';
import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import type { Metrics } from '@comptoir/platform/metrics.ts';
import type { Service } from '@comptoir/platform/service.ts';
import type { MessageOf } from '@comptoir/schema/messages.ts';
import { commandQueue, customerDeletionsQueue, orderCustomersQueue, productDeletionsQueue } from '@comptoir/schema/topology.ts';
import { CustomerAwaited, createOrderOfSaga } from '../commands/create-order-of-saga.ts';
import { cancelOrderOfSaga, confirmOrder } from '../commands/finish-order-of-saga.ts';
import { givePaymentBack } from '../commands/give-payment-back.ts';
import { hearOfCustomer, hearOfDeletedCustomer, hearOfDeletedProduct } from '../commands/hear-of-others.ts';
import { type PaymentDeps, takePayment } from '../commands/take-payment.ts';
import type { Answer } from '../domain/saga-answer.ts';
import { type PaymentProvider, ProviderUnanswered } from '../payments/provider.ts';
import type { WaitingCommands } from '../waiting-commands.ts';
import { answerOnce } from './answer-once.ts';
import type { SagaCommand } from './outgoing.ts';

/** Whose dead letters they are, and as whom it speaks to the broker. */
export const service = 'orders';

export interface IncomingDeps extends ConsumerDeps {
  readonly database: Database;
  readonly metrics: Metrics;
  readonly provider: PaymentProvider;
  readonly waiting: WaitingCommands;
}

const prefetch = 10;
/** Calls of the provider that may be under way at once. */
const paymentPrefetch = 20;

/** A foreign program may send an event without an id: then it is known by what it says. */
const idOf = ({ messageId, body }: Message<unknown>) => messageId ?? createHash('sha256').update(JSON.stringify(body)).digest('hex');

/** What orders takes from the broker: the commands of sagas, and what other services tell. */
export function createConsumers(deps: IncomingDeps): Service[] {
  const { database, metrics, provider, waiting, log } = deps;
  const shared = { link: deps.link, log, metrics, probe: (signal: AbortSignal) => database.ping(signal) };
  const commands = metrics.counter({
    name: 'orders_saga_commands_total',
    help: 'Commands of sagas that came, by type and outcome; a repeated one counts again.',
    labelNames: ['type', 'outcome'],
  });
  /** Payments of which the provider is being asked by this process. */
  const asking = new Set<string>();

  const once =
    <Body extends SagaCommand>(type: string, work: (em: EntityManager, body: Body) => Promise<Answer>) =>
    async ({ body }: Message<Body>): Promise<void> => {
      const { outcome } = await answerOnce(database, commandQueue('orders'), body, (em) => work(em, body));
      commands.inc({ type, outcome });
    };

  /** Without an answer of the provider there is no reply: the saga asks again, under the same key. */
  const withProvider =
    <Body extends SagaCommand>(type: string, work: (deps: PaymentDeps, body: Body) => Promise<Answer>) =>
    async ({ body }: Message<Body>, { signal }: { signal: AbortSignal }): Promise<void> => {
      const { command_id: id, saga_id: sagaId } = body;
      // At most paymentPrefetch are in here at once. A repetition need not wait: the first replies for both.
      if (asking.has(id)) return;
      asking.add(id);
      try {
        const { outcome } = await work({ database, provider, consumer: commandQueue('payments'), signal }, body);
        commands.inc({ type, outcome });
      } catch (error) {
        if (!(error instanceof ProviderUnanswered)) throw error;
        commands.inc({ type, outcome: 'UNANSWERED' });
        log.warn({ event: 'payment_provider_unanswered', type, sagaId, commandId: id, err: error }, 'no answer from the payment provider');
      } finally {
        asking.delete(id);
      }
    };

  const createOrder = once('order.create', (em, body: MessageOf<'order.create'>) => createOrderOfSaga(em, body, { mayWait: true }));

  return [
    createMixedConsumer(
      {
        service,
        queue: commandQueue('orders'),
        prefetch,
        handlers: {
          async 'order.create'(message) {
            try {
              await createOrder(message);
            } catch (error) {
              if (!(error instanceof CustomerAwaited)) throw error;
              await waiting.keep(message.body);
              commands.inc({ type: 'order.create', outcome: 'WAITING' });
            }
          },
          'order.cancel': once('order.cancel', cancelOrderOfSaga),
          'order.confirm': once('order.confirm', confirmOrder),
        },
      },
      shared,
    ),
    createMixedConsumer(
      {
        service,
        queue: commandQueue('payments'),
        prefetch: paymentPrefetch,
        handlers: {
          'payment.process': withProvider('payment.process', takePayment),
          'payment.refund': withProvider('payment.refund', givePaymentBack),
        },
      },
      shared,
    ),
    createMixedConsumer(
      {
        service,
        queue: orderCustomersQueue,
        prefetch,
        handlers: { 'client.created': customerHeard, 'client.updated': customerHeard },
      },
      shared,
    ),
    createConsumer(
      {
        service,
        queue: customerDeletionsQueue,
        type: 'client.deleted',
        prefetch,
        async handle(message) {
          const customerId = message.body.client_id;
          const orders = await hearOfDeletedCustomer(database, { consumer: customerDeletionsQueue, messageId: idOf(message) }, customerId);
          waiting.wake();
          log.info({ event: 'customer_deleted', customerId, orders }, 'the orders of a deleted customer were marked');
        },
      },
      shared,
    ),
    createConsumer(
      {
        service,
        queue: productDeletionsQueue,
        type: 'produit.deleted',
        prefetch,
        async handle(message) {
          const productId = message.body.produit_id;
          const held = await hearOfDeletedProduct(database, { consumer: productDeletionsQueue, messageId: idOf(message) }, productId);
          log.info({ event: 'product_deleted', productId, ...held }, 'open orders and carts that hold a deleted product were marked');
        },
      },
      shared,
    ),
  ];

  async function customerHeard(message: Message<MessageOf<'client.created'> | MessageOf<'client.updated'>>): Promise<void> {
    const { client_id: id, data } = message.body;
    await hearOfCustomer(database, { consumer: orderCustomersQueue, messageId: idOf(message) }, { id, version: data.version });
    waiting.wake();
  }
}
