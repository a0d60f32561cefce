import { commandQueue, eventsExchange, sagaStartQueue } from '@comptoir/schema/topology.ts';
import { death, newSagaId, promisedOrder, type Scenario, withServices } from './services.ts';

/** The orchestrator is killed between the writing of its messages and the commit: nothing of it has happened, so nobody has heard of it (F1). */
export const killedBeforeCommit: Scenario = (env) =>
  withServices(env, async (services) => {
    const dying = await services.start('sagas', { FAILPOINT: 'sagas.apply.written' });
    await services.channel.assertQueue('heard', { durable: true });
    await services.channel.bindQueue('heard', eventsExchange, 'saga.#');
    await services.send(sagaStartQueue, 'saga.start', promisedOrder(newSagaId()));
    await death(dying);
    const violations: string[] = [];
    for (const queue of [commandQueue('inventory'), 'heard']) {
      const { messageCount } = await services.channel.checkQueue(queue);
      if (messageCount > 0) violations.push(`${messageCount} messages in ${queue} tell of what was never committed`);
    }
    const sagas = await services.sql('sagas', 'SELECT FROM saga');
    if (sagas.length > 0) violations.push('the saga was stored all the same');
    return violations;
  });
