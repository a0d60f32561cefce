import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PublishError } from './broker/publisher.ts';
import type { OutboxRow } from './outbox-log.ts';
import { publishInOrder } from './publish-in-order.ts';

const row = (id: number, aggregate: string, route = 'r', mandatory = false): OutboxRow => ({
  id: String(id),
  message_id: String(id),
  exchange: 'e',
  routing_key: route,
  mandatory,
  type: 't',
  payload: '{}',
  body: null,
  correlation_id: null,
  headers: {},
  aggregate_type: 'a',
  aggregate_id: aggregate,
  attempts: 0,
  created: 0,
});

test('rows of different aggregates go out at once, in order', async () => {
  const issued: string[] = [];
  const confirm = Promise.withResolvers<void>();
  const outcomes = publishInOrder([row(1, 'x'), row(2, 'y'), row(3, 'z')], ({ properties }) => {
    issued.push(properties.messageId!);
    return confirm.promise;
  });
  expect(issued).toEqual(['1', '2', '3']);
  confirm.resolve();
  expect(await outcomes).toEqual(Array.from({ length: 3 }, () => ({ kind: 'confirmed' })));
});

test('a refused row holds back the rows of its aggregate, and no other', async () => {
  const outcomes = await publishInOrder(
    [row(1, 'x', 'r', true), row(2, 'x', 'r', true), row(3, 'y', 'r', true), row(4, 'x')],
    async ({ properties }) => {
      if (properties.messageId === '1') throw new PublishError('NO_ROUTE', 'nowhere');
    },
  );
  expect(outcomes.map(({ kind }) => kind)).toEqual(['refused', 'held', 'confirmed', 'held']);
});

test('a broker that goes away is not held against the rows', async () => {
  const outcomes = await publishInOrder([row(1, 'x'), row(2, 'y')], async ({ properties }) => {
    throw properties.messageId === '1' ? new PublishError('CLOSED', 'gone') : new TypeError('a header AMQP cannot hold');
  });
  expect(outcomes).toMatchObject([{ kind: 'away' }, { kind: 'refused', code: 'INVALID' }]);
});

test('whatever is refused and however long each takes, what goes out of an aggregate’s mandatory rows is a beginning of them, in order', async () => {
  const rows = fc.array(fc.record({ aggregate: fc.constantFrom('x', 'y', 'z'), route: fc.constantFrom('r', 's'), refused: fc.boolean() }), {
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), rows, async (scheduler, plan) => {
      const arrived: number[] = [];
      const running = publishInOrder(
        plan.map(({ aggregate, route }, n) => row(n, aggregate, route, true)),
        async ({ properties }) => {
          const n = Number(properties.messageId);
          await scheduler.schedule(Promise.resolve());
          if (plan[n]!.refused) throw new PublishError('NO_ROUTE', 'nowhere');
          arrived.push(n);
        },
      );
      await scheduler.waitFor(running);
      for (const aggregate of ['x', 'y', 'z']) {
        const all = plan.flatMap((step, n) => (step.aggregate === aggregate ? [n] : []));
        const refusedAt = all.findIndex((n) => plan[n]!.refused);
        expect(arrived.filter((n) => plan[n]!.aggregate === aggregate)).toEqual(refusedAt < 0 ? all : all.slice(0, refusedAt));
      }
    }),
  );
});
