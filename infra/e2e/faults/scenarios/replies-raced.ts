import { commandQueue, sagaReplyQueue, sagaStartQueue } from '@comptoir/schema/topology.ts';
import { answerTo, checked, newSagaId, promisedOrder, type Scenario, within, withServices } from './services.ts';

/** An orchestrator takes in together what has come: many, so that both are at the same sagas at the same time. */
const sagas = 30;
const copies = 8;

/** Replies come to two orchestrators many times at once: one of them goes on, the others change nothing, and none of them fails (F7, F24). */
export const repliesRaced: Scenario = (env) =>
  withServices(env, async (services) => {
    const orchestrators = [
      await services.start('sagas', { SAGAS_TIME_SCALE: '10' }),
      await services.start('sagas', { SAGAS_TIME_SCALE: '10' }),
    ];
    const ids = Array.from({ length: sagas }, newSagaId);
    const commands = await services.listen(commandQueue('inventory'));
    await Promise.all(ids.map((id) => services.send(sagaStartQueue, 'saga.start', promisedOrder(id))));
    if (!(await within(10_000, () => commands.length === sagas))) throw new Error('the sagas did not begin');
    // The copies of one come one after the other, and so to both.
    const replies = commands.flatMap(({ id, body }) =>
      Array.from({ length: copies }, () => ({ id, reply: answerTo(body as never, checked) })),
    );
    await Promise.all(replies.map(({ id, reply }) => services.send(sagaReplyQueue, 'saga.reply', reply, `${id}.reply`)));
    const violations: string[] = [];
    if (!(await within(10_000, () => commands.length === 2 * sagas)))
      violations.push(`${commands.length} commands came instead of ${2 * sagas}`);
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
        .filter((line) => /"(message_retried|batch_divided)"/.test(line));
      if (failures.length > 0) violations.push(`${failures.length} repeated replies failed: ${failures[0]}`);
    }
    const rows = await services.sql<{ version: number }>('sagas', 'SELECT version FROM saga WHERE version <> 2');
    for (const { version } of rows) violations.push(`a saga is at version ${version} instead of 2`);
    return violations;
  });
