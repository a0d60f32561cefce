import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { claimPort } from '../ports.ts';
import { type GuardSpec, runGuarded } from '../process/guarded.ts';
import { SetupError } from '../setup-error.ts';
import { probeBroker } from './probe.ts';
import type { RabbitServer } from './server.ts';

const image = 'rabbitmq:4-management';
const probeTimeoutMs = 3_000;
const startTimeoutMs = 5 * 60_000;

/** RabbitMQ in a container that is removed with it. Only on request: it fetches an image. */
export async function startRabbitInDocker(logFile: string, ports: { amqp: number; management: number }): Promise<RabbitServer> {
  await promisify(execFile)('docker', ['info'], { timeout: probeTimeoutMs }).catch((error: Error) => {
    throw new SetupError(`Docker cannot be used: ${error.message.split('\n').at(-1)}`, { cause: error });
  });
  const taken = new Set<number>();
  const [amqp, management] = [await claimPort(ports.amqp, taken), await claimPort(ports.management, taken)];
  const publish = ['-p', `127.0.0.1:${amqp}:5672`, '-p', `127.0.0.1:${management}:15672`];
  const cluster = `comptoir-docker-${process.pid}@localhost`;
  const spec: GuardSpec = {
    command: 'docker',
    args: ['run', '--rm', '--init', ...publish, '-e', `RABBITMQ_NODENAME=${cluster}`, '--hostname', 'localhost', image],
    env: process.env,
    cwd: process.cwd(),
    stopSignals: [
      { name: 'SIGTERM', waitMs: 30_000 },
      { name: 'SIGKILL', waitMs: 2_000 },
    ],
  };
  const guarded = runGuarded(spec, logFile);
  const url = `amqp://guest:guest@127.0.0.1:${amqp}/`;
  const until = performance.now() + startTimeoutMs;
  while (!(await probeBroker(url, 2_000)).usable) {
    await delay(200);
    if (!guarded.hasExited() && performance.now() < until) continue;
    await guarded.stop();
    throw new SetupError(`RabbitMQ in Docker (${image}) did not start; what it said is in ${logFile}`);
  }
  return {
    url,
    managementUrl: `http://guest:guest@127.0.0.1:${management}`,
    cluster,
    pid: await guarded.spawned,
    exited: guarded.exited,
    stop: guarded.stop,
  };
}
