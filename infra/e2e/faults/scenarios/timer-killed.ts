import { commandQueue, sagaStartQueue } from '@comptoir/schema/topology.ts';
import { death, newSagaId, promisedOrder, type Scenario, within, withServices } from './services.ts';

/** The orchestrator is killed while it handles a timer: the timer is there still, and the command is sent again (F1). */
export const timerKilled: Scenario = (env) =>
  withServices(env, async (services) => {
    const scale = { SAGAS_TIME_SCALE: '0.05' };
    const dying = await services.start('sagas', { ...scale, FAILPOINT: 'sagas.timer.taken' });
    const commands = await services.listen(commandQueue('inventory'));
    await services.send(sagaStartQueue, 'saga.start', promisedOrder(newSagaId()));
    await death(dying);
    const before = commands.length;
    await services.start('sagas', scale);
    if (await within(6_000, () => commands.length > before)) return [];
    return ['nobody asks for the step again: the saga is stranded'];
  });
