import { createBrokerManagement } from '@comptoir/platform/broker/management.ts';
import { commandQueue } from '@comptoir/schema/topology.ts';
import { expect, test } from 'vitest';
import { until } from '../until.ts';
import { findViolations } from './invariants.ts';
import { hasRabbit, startPrivateRabbit } from './private-rabbit.ts';
import { size } from './size.ts';
import { startStack } from './stack.ts';

const services = ['sagas', 'inventory', 'orders', 'customers'] as const;
const boundMs = 30_000;
/** RabbitMQ blocks a connection at what it publishes next, and takes that still. */
const stillTaken = 1;

test.runIf(hasRabbit)(
  'RabbitMQ short of memory, then of disk: orders are accepted, what it holds is taken and acknowledged, and everything goes out once it is over (F14)',
  { timeout: 600_000 },
  async () => {
    const count = size({ small: 30, large: 300 });
    await using rabbit = await startPrivateRabbit();
    const management = createBrokerManagement(rabbit.managementUrl);
    await using stack = await startStack({ broker: rabbit, timeScale: 10 });
    const waiting = async () => {
      const queue = (await management.queues('/')).find(({ name }) => name === commandQueue('inventory'));
      return (queue?.messages_ready ?? 0) + (queue?.messages_unacknowledged ?? 0);
    };
    const unsent = async (service: (typeof services)[number], among?: readonly string[]) =>
      (
        await stack.sql<{ id: string }>(service, 'SELECT id FROM outbox WHERE sent_at IS NULL AND ($1::bigint[] IS NULL OR id = ANY($1))', [
          among,
        ])
      ).map(({ id }) => id);
    const checked = async () => (await stack.sql('inventory', `SELECT FROM inbox WHERE consumer = $1`, [commandQueue('inventory')])).length;

    for (const what of ['memory', 'disk'] as const) {
      // Everybody has published before: those are the connections that RabbitMQ stops to read from.
      await stack.startOrder();
      await stack.settle(60_000);
      const before = await checked();
      process.kill(stack.pid('inventory'), 'SIGSTOP');
      await Promise.all(Array.from({ length: count }, () => stack.startOrder()));
      await until(
        async () => (await waiting()) >= count,
        2 * boundMs,
        () => `the commands did not reach their queue. ${stack.trail}`,
      );
      await rabbit.alarm(what, true);
      process.kill(stack.pid('inventory'), 'SIGCONT');

      await Promise.all(Array.from({ length: count }, () => stack.startOrder()));
      await until(
        async () => (await waiting()) === 0 && (await checked()) >= before + count,
        2 * boundMs,
        () => `what RabbitMQ held was not taken while it was short of ${what}. ${stack.trail}`,
      );
      expect((await unsent('inventory')).length).toBeGreaterThanOrEqual(count - stillTaken);
      expect((await unsent('sagas')).length).toBeGreaterThanOrEqual(count - stillTaken);

      const kept = await Promise.all(services.map((service) => unsent(service)));
      await rabbit.alarm(what, false);
      await until(
        async () => (await Promise.all(services.map((service, n) => unsent(service, kept[n])))).every((left) => left.length === 0),
        boundMs,
        () => `not everything went out within ${boundMs / 1_000} s after RabbitMQ had ${what} again. ${stack.trail}`,
      );
      await stack.settle(120_000);
    }
    expect(await stack.sql('sagas', 'SELECT DISTINCT state FROM saga')).toEqual([{ state: 'COMPLETED' }]);
    expect(await findViolations(stack)).toEqual([]);
  },
);
