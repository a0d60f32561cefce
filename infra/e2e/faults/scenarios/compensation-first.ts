import { randomUUID } from 'node:crypto';
import { commandQueue, sagaReplyQueue } from '@comptoir/schema/topology.ts';
import { addProduct, allocated } from './commands-repeated.ts';
import { newSagaId, type Scenario, within, withServices } from './services.ts';

/** A compensation that overtakes its step leaves a tombstone: the step comes late, and is refused (F8). */
export const compensationFirst: Scenario = (env) =>
  withServices(env, async (services) => {
    await services.start('inventory');
    const product = await addProduct(services);
    const replies = await services.listen(sagaReplyQueue);
    const saga = newSagaId();
    const send = (type: string, step: string, direction: string, data: object) => {
      const id = randomUUID();
      return services.send(commandQueue('inventory'), type, { saga_id: saga, command_id: id, step, direction, data }, id);
    };
    await send('stock.release', 'RELEASE_STOCK', 'COMPENSATION', {});
    if (!(await within(5_000, () => replies.length === 1))) return ['the compensation was not answered'];
    await send('stock.reserve', 'RESERVE_STOCK', 'FORWARD', { lines: [{ product_id: product, quantity: 2 }] });
    if (!(await within(5_000, () => replies.length === 2))) return ['the late step was not answered'];
    const violations: string[] = [];
    if (replies[0]?.body.outcome !== 'SUCCESS') violations.push('the compensation of what never happened did not succeed');
    if (replies[1]?.body.code !== 'CANCELLED') violations.push(`the late step was answered with ${JSON.stringify(replies[1]?.body)}`);
    const held = await allocated(services, product);
    if (held !== 0) violations.push(`${held} units are held for a saga that was undone`);
    return violations;
  });
