import { commandQueue, sagaReplyQueue, sagaStartQueue } from '@comptoir/schema/topology.ts';
import { answerTo, checked, newSagaId, promisedOrder, type Scenario, within, withServices } from './services.ts';

const copies = 24;

/** One reply comes to two orchestrators many times at once: one of them goes on, the others change nothing, and none of them fails (F7, F24). */
export const repliesRaced: Scenario = (env) =>
  withServices(env, async (services) => {
    const orchestrators = [
      await services.start('sagas', { SAGAS_TIME_SCALE: '10' }),
      await services.start('sagas', { SAGAS_TIME_SCALE: '10' }),
    ];
    const saga = newSagaId();
    const commands = await services.listen(commandQueue('inventory'));
    await services.send(sagaStartQueue, 'saga.start', promisedOrder(saga));
    if (!(await within(10_000, () => commands.length === 1))) throw new Error('the saga did not begin');
    const [first] = commands;
    const reply = answerTo(first?.body as never, checked);
    await Promise.all(Array.from({ length: copies }, () => services.send(sagaReplyQueue, 'saga.reply', reply, `${first?.id}.reply`)));
    const violations: string[] = [];
    if (!(await within(10_000, () => commands.length === 2))) violations.push(`${commands.length} commands came instead of 2`);
    const drained = async () => {
      const { queues } = services.broker.management;
      const found = (await queues(services.broker.vhost)).find(({ name }) => name === sagaReplyQueue);
      return found?.messages_ready === 0 && found.messages_unacknowledged === 0;
    };
    await within(10_000, drained);
    for (const orchestrator of orchestrators) {
      const failures = orchestrator
        .output()
        .split('\n')
        .filter((line) => line.includes('"message_retried"'));
      if (failures.length > 0) violations.push(`${failures.length} repeated replies failed: ${failures[0]}`);
    }
    const [row] = await services.sql<{ version: number }>('sagas', 'SELECT version FROM saga WHERE id = $1', [saga]);
    if (row?.version !== 2) violations.push(`the saga is at version ${row?.version} instead of 2`);
    return violations;
  });
