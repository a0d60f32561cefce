import { commandQueue, sagaReplyQueue, sagaStartQueue } from '@comptoir/schema/topology.ts';
import { answerTo, checked, newSagaId, promisedOrder, type Scenario, within, withServices } from './services.ts';

/** A step is done and its reply never comes: given up as in doubt, it is undone like one that has happened (F9). */
export const replyLost: Scenario = (env) =>
  withServices(env, async (services) => {
    await services.start('sagas', { SAGAS_TIME_SCALE: '0.02' });
    const saga = newSagaId();
    let held = false;
    await services.listen(commandQueue('inventory'), ({ body }) => {
      if (body.step === 'RESERVE_STOCK') held = true;
      if (body.step === 'RELEASE_STOCK') held = false;
      if (body.step !== 'RESERVE_STOCK')
        void services.send(sagaReplyQueue, 'saga.reply', answerTo(body, body.step === 'CHECK_STOCK' ? checked : {}));
    });
    await services.send(sagaStartQueue, 'saga.start', promisedOrder(saga));
    const state = async () => (await services.sql<{ state: string }>('sagas', 'SELECT state FROM saga WHERE id = $1', [saga]))[0]?.state;
    const violations: string[] = [];
    if (!(await within(15_000, async () => (await state()) === 'COMPENSATED'))) violations.push(`the saga is ${await state()}`);
    if (held) violations.push('goods are held for a saga that has ended');
    return violations;
  });
