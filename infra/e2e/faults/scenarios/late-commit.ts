import { type Scenario, within, withServices } from './services.ts';

const insert = `INSERT INTO outbox (message_id, aggregate_type, aggregate_id, exchange, routing_key, mandatory, type, payload, headers)
  VALUES ($1, 'test', $1, '', 'log', false, 'test', '{}', '{}')`;

/** Of two transactions the one that drew the smaller id commits last: its message is sent all the same. */
export const lateCommit: Scenario = (env) =>
  withServices(env, async (services) => {
    await services.start('sagas');
    await services.channel.assertQueue('log', { durable: true });
    const messages = await services.listen('log');
    const came = (id: string) => within(6_000, () => messages.some((message) => message.id === id));
    const slow = await services.session('sagas');
    await slow.query('BEGIN');
    await slow.query(insert, ['early id, late commit']);
    await services.sql('sagas', insert, ['late id, early commit']);
    if (!(await came('late id, early commit'))) throw new Error('the message that was committed first did not come');
    await slow.query('COMMIT');
    return (await came('early id, late commit')) ? [] : ['a message whose transaction committed late was never sent'];
  });
