import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { newSagaId } from './domain/saga-id.ts';
import { checkSagas } from './testing/check.ts';
import type { Behaviour, Script } from './testing/participants.ts';
import { createTestSystem, startOrder } from './testing/sagas.ts';

/** The same numbers for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Participants with their faults: silent, forgetful, refusing, answering twice. Compensations are done in the end. */
function unreliable(next: () => number): Script {
  return ({ command: { direction }, count }): Behaviour => {
    const luck = next();
    if (count > 2) return 'usual';
    if (luck < 0.06) return 'silent';
    if (luck < 0.12) return 'done-silent';
    if (luck < 0.2) return 'twice';
    if (luck < 0.24 && direction === 'FORWARD' && count === 1) return { refuse: 'no luck' };
    if (luck < 0.3 && direction === 'COMPENSATION') return 'busy';
    return 'usual';
  };
}

const open = `SELECT count(*)::int AS count FROM saga WHERE state NOT IN ('COMPLETED', 'COMPENSATED')`;

test('two orchestrators share fifty sagas: each ends as it should, and no step is taken twice', async () => {
  await using system = await createTestSystem();
  const orchestrators = [await system.sagas(), await system.sagas()];
  system.participants.behave(unreliable(random(2)));
  const ids = await Promise.all(Array.from({ length: 50 }, (_, index) => startOrder(orchestrators[index % 2]?.url() ?? '')));
  await expect.poll(() => system.sql(open), { timeout: 40_000 }).toEqual([{ count: 0 }]);
  expect(await checkSagas(system)).toBe(ids.length);
  const states = await system.states();
  expect(states.COMPLETED).toBeGreaterThan(20);
  expect(states.COMPENSATED).toBeGreaterThan(0);
  // Both had a hand in it.
  for (const { metrics } of orchestrators)
    expect(await metrics.registry.metrics()).toMatch(/saga_orchestrator_service_calls_total\{service="inventory",status="success"\} [1-9]/);
  const counted = await Promise.all(
    orchestrators.map(async ({ metrics }) => (await metrics.registry.metrics()).match(/sagas_total\{status="completed"\} (\d+)/)?.[1]),
  );
  expect(counted.reduce((sum, each) => sum + Number(each ?? 0), 0)).toBe(states.COMPLETED);
}, 60_000);

test('orchestrators that are killed at every failpoint, and at any other moment, leave no saga behind', async () => {
  const seed = 20_261_121;
  const next = random(seed);
  await using system = await createTestSystem();
  system.participants.behave(unreliable(next));
  const failpoints = [
    'sagas.apply.locked',
    'sagas.apply.saved',
    'sagas.apply.written',
    'sagas.apply.committed',
    'consumer.message.handled',
    'sagas.timer.taken',
    'sagas.start.committed',
  ];
  let orchestrator = await system.process();
  // Promised by another service: the sagas themselves come by the queue.
  const promise = await system.promiser();
  const ids = Array.from({ length: 40 }, () => newSagaId());
  const data = { customer_id: 1, lines: [{ product_id: 5, quantity: 1 }], shipping_address: 'x', payment_method: 'card' };
  const deaths: string[] = [];
  for (const [turn, failpoint] of [...failpoints, 'any moment', 'any moment', 'any moment'].entries()) {
    for (const id of ids.slice(turn * 4, turn * 4 + 4)) promise(id, 'order-processing', data);
    await orchestrator.kill();
    const armed = await system.process(failpoint === 'any moment' ? {} : { FAILPOINT: `${failpoint}:${1 + Math.floor(next() * 3)}` });
    orchestrator = armed;
    // Where it does not come by at its failpoint in time, it is killed wherever it is.
    const patience = delay(failpoint === 'any moment' ? next() * 1_500 : 4_000).then(() => 'any moment');
    deaths.push(await Promise.race([armed.ended.then(() => failpoint), patience]));
  }
  await orchestrator.kill();
  orchestrator = await system.process();
  await expect.poll(() => system.sql('SELECT count(*)::int AS count FROM saga'), { timeout: 30_000 }).toEqual([{ count: ids.length }]);
  await expect.poll(() => system.sql(open), { timeout: 40_000 }).toEqual([{ count: 0 }]);
  await orchestrator.kill();
  expect(await checkSagas(system), `seed ${seed}`).toBe(ids.length);
  expect(deaths.filter((how) => how !== 'any moment').length, `deaths: ${deaths.join()}`).toBeGreaterThanOrEqual(5);
}, 180_000);

test('a broker that loses everything while sagas are under way only delays them', async () => {
  await using system = await createTestSystem();
  const { url } = await system.sagas();
  system.participants.behave(unreliable(random(4)));
  const ids: string[] = [];
  for (let wipe = 0; wipe < 2; wipe++) {
    for (let n = 0; n < 20; n++) ids.push(await startOrder(url()));
    await system.broker.management.deleteVhost(system.broker.vhost);
    await system.broker.management.createVhost(system.broker.vhost);
  }
  await expect.poll(() => system.sql(open), { timeout: 45_000 }).toEqual([{ count: 0 }]);
  expect(await checkSagas(system)).toBe(ids.length);
}, 90_000);
