import { randomUUID } from 'node:crypto';
import { createLog } from '@comptoir/platform/log.ts';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { createBroker } from '../broker.ts';
import { createManagementClient, type ManagementClient } from './management-client.ts';

/** A broker with a virtual host that only the tests of one file use. */
export interface BrokerUnderTest {
  readonly kind: 'development' | 'RabbitMQ';
  readonly vhost: string;
  /** With the virtual host. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly management: ManagementClient;
}

interface RunningBroker extends BrokerUnderTest {
  stop(): Promise<void>;
}

/**
 * The same tests on the development broker and on a real RabbitMQ, which is the reference: where both disagree, the development broker is wrong.
 * Without TEST_AMQP_URL and TEST_AMQP_MANAGEMENT_URL the second half is reported as not run.
 */
export function describeEveryBroker(theme: string, define: (broker: () => BrokerUnderTest) => void): void {
  describe(`on the development broker, ${theme}`, () => defineOn(startDevelopmentBroker, define));
  const { TEST_AMQP_URL: url, TEST_AMQP_MANAGEMENT_URL: managementUrl } = process.env;
  if (url && managementUrl) {
    describe(`on RabbitMQ, ${theme}`, () => defineOn(() => useRabbitMq(url, managementUrl), define));
    return;
  }
  const notRun = `NOT RUN on RabbitMQ, ${theme}: TEST_AMQP_URL and TEST_AMQP_MANAGEMENT_URL are not set`;
  test(notRun, ({ skip }) => {
    process.stderr.write(`${notRun}\n`);
    skip(notRun);
  });
}

function defineOn(start: () => Promise<RunningBroker>, define: (broker: () => BrokerUnderTest) => void): void {
  let running: RunningBroker | undefined;
  beforeAll(async () => {
    running = await start();
  });
  afterAll(async () => running?.stop());
  define(() => {
    if (!running) throw new Error('the broker has not started');
    return running;
  });
}

async function startDevelopmentBroker(): Promise<RunningBroker> {
  const broker = createBroker({ host: '127.0.0.1', port: 0, managementPort: 0, log: createLog({ service: 'broker', level: 'silent' }) });
  await broker.start();
  const management = createManagementClient(`http://guest:guest@127.0.0.1:${broker.managementPort()}`);
  const url = new URL(`amqp://guest:guest@127.0.0.1:${broker.port()}`);
  return { kind: 'development', ...(await ownVhost(url, management)), stop: broker.stop };
}

async function useRabbitMq(url: string, managementUrl: string): Promise<RunningBroker> {
  const management = createManagementClient(managementUrl);
  const own = await ownVhost(new URL(url), management);
  return { kind: 'RabbitMQ', ...own, stop: () => management.remove('vhosts', own.vhost) };
}

async function ownVhost(url: URL, management: ManagementClient) {
  const vhost = `conformance-${randomUUID()}`;
  await management.put({}, 'vhosts', vhost);
  const withVhost = new URL(url);
  withVhost.pathname = `/${vhost}`;
  return { vhost, url: withVhost.href, host: url.hostname, port: Number(url.port || 5672), management };
}
