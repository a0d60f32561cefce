import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { PolicySpec, Topology } from '@comptoir/schema/topology.ts';
import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib';
import { type BrokerLink, type BrokerLinkConfig, createBrokerLink } from '../broker/link.ts';
import { type BrokerManagement, createBrokerManagement } from '../broker/management.ts';
import { bounded } from '../broker/session.ts';
import { testEnvironment } from './environment.ts';
import { testLog } from './log.ts';

export interface TestBroker extends AsyncDisposable {
  /** AMQP address with the virtual host of this test. */
  readonly url: string;
  readonly managementUrl: string;
  readonly management: BrokerManagement;
  readonly vhost: string;
  applyPolicies(policies: readonly PolicySpec[]): Promise<void>;
  /** A started link, connected; stopped in the end. */
  link(topology: Topology, options?: Partial<Omit<BrokerLinkConfig, 'topology'>>): Promise<BrokerLink>;
  /** A channel of a plain client, as another program has it. */
  channel(): Promise<ConfirmChannel>;
  /** Closes from the broker's side every connection whose name matches; returns how many, at least one. */
  killConnections(name?: RegExp): Promise<number>;
}

/** A virtual host of the test's own on the broker of TEST_AMQP_URL and TEST_AMQP_MANAGEMENT_URL. */
export async function createTestBroker(): Promise<TestBroker> {
  const managementUrl = testEnvironment('TEST_AMQP_MANAGEMENT_URL');
  const management = createBrokerManagement(managementUrl);
  const vhost = `test-${randomBytes(6).toString('hex')}`;
  const address = new URL(testEnvironment('TEST_AMQP_URL'));
  address.pathname = `/${vhost}`;
  const links: BrokerLink[] = [];
  const clients: ChannelModel[] = [];
  await management.createVhost(vhost);
  return {
    url: address.href,
    managementUrl,
    management,
    vhost,
    async applyPolicies(policies) {
      for (const policy of policies) await management.putPolicy(vhost, policy);
    },
    async link(topology, options = {}) {
      const link = createBrokerLink({ url: address.href, name: 'test', topology, ...options }, { log: testLog() });
      links.push(link);
      const connected = new Promise<void>((resolve) => {
        link.onState((state) => state === 'connected' && resolve());
      });
      await link.start();
      await bounded(connected, 20_000, 'connecting to the test broker');
      return link;
    },
    async channel() {
      const client = await connect(address.href, { noDelay: true, clientProperties: { connection_name: 'foreign' } });
      clients.push(client);
      const channel = await client.createConfirmChannel();
      for (const emitter of [client, channel]) emitter.on('error', () => undefined); // it may be killed; the call at hand rejects
      return channel;
    },
    async killConnections(name = /./) {
      // The management API learns of new connections every few seconds only.
      const deadline = Date.now() + 15_000;
      for (;;) {
        const connections = await management.connections(vhost);
        const matching = connections.filter(({ client_properties }) => name.test(client_properties?.connection_name ?? ''));
        const closed = await Promise.all(matching.map((connection) => management.closeConnection(connection.name)));
        if (closed.includes(true)) return closed.filter(Boolean).length;
        if (Date.now() > deadline) throw new Error(`No connection whose name matches ${name} showed up within 15 s`);
        await delay(50);
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(links.map((link) => link.stop()));
      await Promise.all(clients.map((client) => client.close().catch(() => undefined)));
      await management.deleteVhost(vhost);
    },
  };
}
