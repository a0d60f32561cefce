import { commandQueue, sagaStartQueue } from '@comptoir/schema/topology.ts';
import { newSagaId, promisedOrder, type Scenario, within, withServices } from './services.ts';

/** A command finds no queue: it is not taken for sent, and goes out when there is one (F16). The saga's own timer is far away. */
export const unroutable: Scenario = (env) =>
  withServices(env, async (services) => {
    const queue = commandQueue('inventory');
    await services.start('sagas', { SAGAS_TIME_SCALE: '10' });
    await services.broker.management.deleteQueue(services.broker.vhost, queue);
    await services.send(sagaStartQueue, 'saga.start', promisedOrder(newSagaId()));
    const row = async () =>
      (
        await services.sql<{ sent: boolean; attempts: number }>(
          'sagas',
          'SELECT sent_at IS NOT NULL AS sent, attempts FROM outbox WHERE routing_key = $1',
          [queue],
        )
      )[0];
    const tried = await within(10_000, async () => {
      const found = await row();
      return found !== undefined && (found.sent || found.attempts > 0);
    });
    if (!tried) throw new Error('the command was not tried to be sent within 10 s');
    const violations: string[] = [];
    if ((await row())?.sent) violations.push('a command that reached no queue counts as sent');
    await services.channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 20 } });
    const commands = await services.listen(queue);
    if (!(await within(8_000, () => commands.length > 0))) violations.push('the command never came');
    return violations;
  });
