import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { connect } from 'amqplib';
import { afterEach, expect, test } from 'vitest';

let child: ChildProcess | undefined;

afterEach(async () => {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
});

async function startProcess(): Promise<{ process: ChildProcess; port: number; managementPort: number }> {
  child = fork(fileURLToPath(new URL('./main.ts', import.meta.url)), {
    env: { ...process.env, AMQP_PORT: '0', AMQP_MANAGEMENT_PORT: '0', LOG_LEVEL: 'silent' },
    execArgv: [],
    stdio: 'inherit',
  });
  const [message] = (await once(child, 'message')) as [{ type: string; port: number; managementPort: number }];
  expect(message).toEqual({ type: 'ready', port: expect.any(Number), managementPort: expect.any(Number) });
  return { process: child, ...message };
}

test('the process tells its parent its ports, serves clients and ends with 0 on SIGTERM', async () => {
  const broker = await startProcess();
  const connection = await connect(`amqp://guest:guest@127.0.0.1:${broker.port}`, { noDelay: true });
  const closed = once(connection, 'close');
  connection.on('error', () => undefined);
  const overview = await fetch(`http://127.0.0.1:${broker.managementPort}/api/overview`);
  expect(overview.status).toBe(401);
  const exited = once(broker.process, 'exit');
  broker.process.kill('SIGTERM');
  await closed;
  expect(await exited).toEqual([0, null]);
});

test('the process ends when its parent is gone', async () => {
  const broker = await startProcess();
  const exited = once(broker.process, 'exit');
  broker.process.disconnect();
  expect(await exited).toEqual([0, null]);
});
