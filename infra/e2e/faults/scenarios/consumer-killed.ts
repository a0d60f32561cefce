import { sagaStartQueue } from '@comptoir/schema/topology.ts';
import { death, newSagaId, promisedOrder, type Scenario, within, withServices } from './services.ts';

const count = 20;

/** A consumer is killed with messages at hand: those it has not stored come again (F1). Promised sagas, for nobody would send them once more. */
export const consumerKilled: Scenario = (env) =>
  withServices(env, async (services) => {
    const dying = await services.start('sagas', { FAILPOINT: 'sagas.apply.saved:5', SAGAS_TIME_SCALE: '10' });
    await Promise.all(Array.from({ length: count }, () => services.send(sagaStartQueue, 'saga.start', promisedOrder(newSagaId()))));
    await death(dying);
    await services.start('sagas', { SAGAS_TIME_SCALE: '10' });
    const stored = async () => (await services.sql('sagas', 'SELECT FROM saga')).length;
    if (await within(10_000, async () => (await stored()) === count)) return [];
    return [`${count - (await stored())} of ${count} promised sagas were lost`];
  });
