import { setTimeout as delay } from 'node:timers/promises';
import { type BrokerLink, createBrokerLink } from '@comptoir/platform/broker/link.ts';
import { testLog } from '@comptoir/platform/testing/log.ts';
import {
  commandQueue,
  customerDeletionsQueue,
  inventorySagasQueue,
  orderCustomersQueue,
  productDeletionsQueue,
  sagaReplyQueue,
  sagaStartQueue,
  type Topology,
} from '@comptoir/schema/topology.ts';
import { expect, test } from 'vitest';
import { createResources } from '../resources.ts';
import { until } from '../until.ts';
import { createRandom } from './chaos.ts';
import { findViolations } from './invariants.ts';
import { logged } from './logged.ts';
import { hasRabbit, startPrivateRabbit } from './private-rabbit.ts';
import { size } from './size.ts';
import { startStack } from './stack.ts';

/** How many consumers each queue has where everybody is there. */
const consumers: Readonly<Record<string, number>> = {
  [commandQueue('inventory')]: 1,
  [commandQueue('orders')]: 1,
  [commandQueue('payments')]: 1,
  [inventorySagasQueue]: 1,
  [orderCustomersQueue]: 1,
  [customerDeletionsQueue]: 1,
  [productDeletionsQueue]: 1,
  [sagaReplyQueue]: 2,
  [sagaStartQueue]: 2,
};

/** RabbitMQ 3.10 killed within the first second of a quorum queue leaves it without a leader for ever. */
const grownUpMs = 5_000;

const witnessQueue = 'faults.witness';
const witnessTopology: Topology = {
  exchanges: [],
  queues: [{ name: witnessQueue, arguments: { 'x-queue-type': 'quorum' } }],
  bindings: [],
};

/** Publishes numbers all the time, and remembers those that were confirmed; in the end they have to be there. */
function createWitness(link: BrokerLink) {
  const confirmed: number[] = [];
  const stopping = new AbortController();
  const running = (async () => {
    for (let n = 0; !stopping.signal.aborted; n++) {
      const message = { exchange: '', routingKey: witnessQueue, content: Buffer.from(String(n)), properties: {}, mandatory: true };
      link.publish(message).then(
        () => confirmed.push(n),
        () => undefined,
      );
      await delay(5);
    }
  })();
  return {
    /** How many were confirmed, and which of them are gone. */
    async account(): Promise<{ confirmed: number; lost: number[] }> {
      stopping.abort();
      await running;
      const last = 'last';
      const stored = new Set<string>();
      await link.publish({ exchange: '', routingKey: witnessQueue, content: Buffer.from(last), properties: {}, mandatory: true });
      const consumption = link.consume({
        queue: witnessQueue,
        prefetch: 500,
        onMessage(delivery) {
          stored.add(delivery.content.toString());
          delivery.ack();
        },
      });
      await until(
        async () => stored.has(last),
        60_000,
        () => `${stored.size} messages came, and not the last one`,
      );
      await consumption.release();
      return { confirmed: confirmed.length, lost: confirmed.filter((n) => !stored.has(String(n))) };
    },
  };
}

test.runIf(hasRabbit)(
  'RabbitMQ killed and stopped mid-flight: orders are accepted all the time, nothing it confirmed is lost, all consumers come back, no process ends (F3)',
  { timeout: 900_000 },
  async () => {
    const rounds = size({
      small: ['SIGKILL', 'SIGTERM'] as const,
      large: Array.from({ length: 10 }, (_, n) => (n % 3 === 2 ? 'SIGTERM' : 'SIGKILL')),
    });
    const longestMs = size({ small: 3_000, large: 20_000 });
    const random = createRandom();
    await using rabbit = await startPrivateRabbit();
    await using stack = await startStack({ broker: rabbit, timeScale: 10 });
    await using resources = createResources();
    const observer = createBrokerLink({ url: rabbit.url, name: 'observer', topology: witnessTopology }, { log: testLog() });
    resources.defer(() => observer.stop());
    await observer.start();
    const counted = async () => {
      const found = await Promise.all(
        Object.keys(consumers).map(async (queue) => [queue, (await observer.checkQueue(queue)).consumers] as const),
      );
      return Object.fromEntries(found);
    };
    await stack.startOrder();
    await stack.settle(60_000);
    await delay(grownUpMs);
    const witness = createWitness(observer);

    for (const signal of rounds) {
      const orders = Promise.all(Array.from({ length: size({ small: 20, large: 60 }) }, () => stack.startOrder()));
      await delay(random.between(20, 1_000));
      await rabbit.end(signal);
      await orders;
      await delay(random.between(0, longestMs));
      await rabbit.start();
      let now: unknown;
      await until(
        async () => {
          now = await counted().catch((error: Error) => error.message);
          return Object.entries(consumers).every(([queue, count]) => (now as Record<string, number>)[queue] === count);
        },
        15_000,
        () => `Not all consumers were back within 15 s: ${JSON.stringify(now)}. ${stack.trail}`,
      );
    }

    await stack.settle(size({ small: 60_000, large: 180_000 }));
    expect(await stack.sql('sagas', 'SELECT DISTINCT state FROM saga')).toEqual([{ state: 'COMPLETED' }]);
    const { confirmed, lost } = await witness.account();
    expect(confirmed).toBeGreaterThan(100);
    expect(lost).toEqual([]);
    expect(await findViolations(stack)).toEqual([]);
    expect(stack.parts.filter((part) => !stack.isRunning(part))).toEqual([]);
    // It kept its data, and was not taken for one that lost them.
    for (const part of stack.parts) expect(logged(stack, part, 'broker_lost_data')).toEqual([]);
  },
);
