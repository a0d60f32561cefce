import { rmSync } from 'node:fs';
import path from 'node:path';
import { root } from '@comptoir/local/places.ts';
import { unpackedRabbit } from '@comptoir/local/rabbitmq/debian-packages.ts';
import { installedRabbit } from '@comptoir/local/rabbitmq/installation.ts';
import { applyPolicies } from '@comptoir/local/rabbitmq/management.ts';
import { type LocalRabbitServer, startRabbit } from '@comptoir/local/rabbitmq/server.ts';
import { ownFolder } from '@comptoir/platform/testing/own-folder.ts';
import { policies } from '@comptoir/schema/topology.ts';
import { ownPort } from '../own-port.ts';
import { until } from '../until.ts';

/** Where the tests run on the development broker there is no RabbitMQ to be killed. */
export const hasRabbit = process.env.TEST_BROKER !== 'development';

const alarmMs = 10_000;

/** A RabbitMQ of the test's own, which it may do anything to. */
export interface PrivateRabbit extends AsyncDisposable {
  readonly url: string;
  readonly managementUrl: string;
  /** By SIGKILL nothing is written any more; by SIGTERM it stops in order. Resolves when it is gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** On the same ports. Resolves when it takes connections. */
  start(): Promise<void>;
  /** Deletes all that it holds, users and queues too; while it does not run. */
  wipe(): void;
  /** Sets off the alarm, or ends it. Resolves when RabbitMQ has told its connections so. */
  alarm(what: 'memory' | 'disk', on: boolean): Promise<void>;
}

export async function startPrivateRabbit(): Promise<PrivateRabbit> {
  const installation = installedRabbit() ?? (await unpackedRabbit(() => undefined));
  const parent = ownFolder('faults');
  const folder = path.join(parent, 'rabbitmq');
  const logFile = path.join(root, '.data/logs/faults-rabbitmq.log');
  const settings = ['collect_statistics_interval = 1000'];
  const ports = { amqp: await ownPort(), management: await ownPort(), distribution: await ownPort() };
  await ownPort(); // the one above the last is that of Erlang's epmd
  const boot = () => startRabbit({ installation, folder, ports, logFile, settings });

  let server: LocalRabbitServer | null = await boot().catch((error: unknown) => {
    rmSync(parent, { recursive: true, force: true });
    throw error;
  });
  await applyPolicies(server.managementUrl, '/', policies);
  const { url, managementUrl } = server;

  const running = () => {
    if (!server) throw new Error('RabbitMQ does not run');
    return server;
  };

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const ending = running();
    server = null;
    process.kill(ending.pid, signal);
    await ending.exited;
    await ending.stop(); // what helps it to run
  }

  return {
    url,
    managementUrl,
    end,
    async start() {
      if (server) throw new Error('RabbitMQ runs already');
      server = await boot();
      if (server.url !== url) throw new Error(`RabbitMQ came back as ${server.url} instead of ${url}: another program has its port`);
    },
    wipe: () => rmSync(path.join(folder, 'mnesia'), { recursive: true, force: true }),
    async alarm(what, on) {
      if (what === 'memory')
        await running().call('vm_memory_monitor', 'set_vm_memory_high_watermark', on ? '[0.00001]' : '[{absolute, "1GB"}]');
      else await running().call('rabbit_disk_monitor', 'set_disk_free_limit', on ? '["1000000GB"]' : '["64MB"]');
      // It says ok to a limit that it cannot read, too, and goes on with the old one.
      await until(
        async () => (await running().call('rabbit_alarm', 'get_alarms', '[]')).includes(`resource_limit,${what}`) === on,
        alarmMs,
        () => `RabbitMQ has ${on ? 'no' : 'still an'} alarm of its ${what}`,
      );
    },
    async [Symbol.asyncDispose]() {
      await server?.stop();
      rmSync(parent, { recursive: true, force: true });
    },
  };
}
