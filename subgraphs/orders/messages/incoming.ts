import { createHash } from 'node:crypto';
import { createBatchConsumer } from '@comptoir/platform/broker/batch-consumer.ts';
import { type ConsumerDeps, createConsumer, type Message } from '@comptoir/platform/broker/consumer.ts';
import { ofType } from '@comptoir/platform/broker/message.ts';
import { createMixedConsumer } from '@comptoir/platform/broker/mixed-consumer.ts';
import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import type { Metrics } from '@comptoir/platform/metrics.ts';
import type { Service } from '@comptoir/platform/service.ts';
import type { MessageOf } from '@comptoir/schema/messages.ts';
import { commandQueue, customerDeletionsQueue, orderCustomersQueue, productDeletionsQueue } from '@comptoir/schema/topology.ts';
import { createOrderOfSaga } from '../commands/create-order-of-saga.ts';
import { cancelOrderOfSaga, confirmOrder } from '../commands/finish-order-of-saga.ts';
import { createGivePaymentBack } from '../commands/give-payment-back.ts';
import { hearOfCustomer, hearOfDeletedCustomer, hearOfDeletedProduct } from '../commands/hear-of-others.ts';
import { createTakePayment } from '../commands/take-payment.ts';
import { type Answer, CustomerAwaited } from '../domain/saga-answer.ts';
import { type PaymentProvider, ProviderUnanswered } from '../payments/provider.ts';
import type { WaitingCommands } from '../waiting-commands.ts';
import { answerEach } from './answer-once.ts';
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
const orderCommands = ['order.create', 'order.cancel', 'order.confirm'] as const;
type OrderCommand = (typeof orderCommands)[number];
/** Handled by one transaction: those that came while the last one ran. */
const maxBatch = 40;
/** Calls of the provider that may be under way at once. */
const paymentPrefetch = 40;

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

  const work: { readonly [Type in OrderCommand]: (em: EntityManager, body: MessageOf<Type>) => Promise<Answer> } = {
    'order.create': (em, body) => createOrderOfSaga(em, body, { mayWait: true }),
    'order.cancel': cancelOrderOfSaga,
    'order.confirm': confirmOrder,
  };

  async function carryOut<Type extends OrderCommand>(type: Type, its: readonly Message<MessageOf<Type>>[]): Promise<void> {
    if (its.length === 0) return;
    const answers = await answerEach<MessageOf<Type>>(database, commandQueue('orders'), its, work[type]);
    for (const [index, answer] of answers.entries()) {
      if (answer instanceof CustomerAwaited) await waiting.keep(its[index]?.body as MessageOf<'order.create'>);
      commands.inc({ type, outcome: answer instanceof CustomerAwaited ? 'WAITING' : answer.outcome });
    }
  }

  /** Without an answer of the provider there is no reply: the saga asks again, under the same key. */
  const withProvider =
    <Body extends SagaCommand>(type: string, carryOut: (message: Message<Body>, signal: AbortSignal) => Promise<Answer>) =>
    async (message: Message<Body>, { signal }: { signal: AbortSignal }): Promise<void> => {
      const { command_id: id, saga_id: sagaId } = message.body;
      // At most paymentPrefetch are in here at once. A repetition need not wait: the first replies for both.
      if (asking.has(id)) return;
      asking.add(id);
      try {
        const { outcome } = await carryOut(message, signal);
        commands.inc({ type, outcome });
      } catch (error) {
        if (!(error instanceof ProviderUnanswered)) throw error;
        commands.inc({ type, outcome: 'UNANSWERED' });
        log.warn({ event: 'payment_provider_unanswered', type, sagaId, commandId: id, err: error }, 'no answer from the payment provider');
      } finally {
        asking.delete(id);
      }
    };

  const payments = { database, provider, consumer: commandQueue('payments') };

  return [
    createBatchConsumer(
      {
        service,
        queue: commandQueue('orders'),
        type: orderCommands,
        maxBatch,
        maxWaitMs: 0,
        async handle(messages) {
          for (const type of orderCommands) await carryOut(type, ofType(type, messages));
          return messages.map(() => 'ok');
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
          'payment.process': withProvider('payment.process', createTakePayment(payments)),
          'payment.refund': withProvider('payment.refund', createGivePaymentBack(payments)),
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
