import { createTcpProxy } from '@comptoir/platform/testing/tcp-proxy.ts';
import { commandQueue, sagaStartQueue } from '@comptoir/schema/topology.ts';
import { newSagaId, promisedOrder, type Scenario, within, withServices } from './services.ts';

/** Three times as many as an orchestrator takes before it acknowledges. */
const count = 36;
/** A method frame on channel 0: connection.blocked, with its reason. */
const blocked = Buffer.from([1, 0, 0, 0, 0, 0, 15, 0, 10, 0, 60, 10, ...Buffer.from('low memory'), 0xce]);
/** Class and method of basic.publish. */
const publishMethod = Buffer.from([0, 60, 0, 40]);

/** A broker short of memory stops reading from connections that have published: what is consumed is acknowledged all the same (F14). */
export const brokerShortOfMemory: Scenario = (env) =>
  withServices(env, async (services) => {
    const proxy = await createTcpProxy(services.broker.url);
    try {
      await services.start('sagas', { AMQP_URL: proxy.url, SAGAS_TIME_SCALE: '10' });
      const commands = await services.listen(commandQueue('inventory'));
      const start = () => services.send(sagaStartQueue, 'saga.start', promisedOrder(newSagaId()));
      await start();
      if (!(await within(10_000, () => commands.length === 1))) throw new Error('the orchestrator has published nothing');
      proxy.inject(blocked);
      proxy.holdUploads(publishMethod);
      await Promise.all(Array.from({ length: count }, start));
      const stored = async () => (await services.sql('sagas', 'SELECT FROM saga')).length - 1;
      if (await within(6_000, async () => (await stored()) === count)) return [];
      return [`only ${await stored()} of ${count} messages were taken while the broker was short of memory`];
    } finally {
      await proxy[Symbol.asyncDispose]();
    }
  });
