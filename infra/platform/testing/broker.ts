import type { PolicySpec } from '@comptoir/schema/topology.ts';

export interface TestBroker extends AsyncDisposable {
  /** AMQP address with the virtual host of this test. */
  readonly url: string;
  readonly managementUrl: string;
  readonly vhost: string;
  applyPolicies(policies: readonly PolicySpec[]): Promise<void>;
  /** Closes every connection to the virtual host from the broker's side; returns how many. */
  killConnections(): Promise<number>;
}

/** A virtual host of the test's own on the broker of TEST_AMQP_URL and TEST_AMQP_MANAGEMENT_URL. */
export async function createTestBroker(): Promise<TestBroker> {
  throw new Error('createTestBroker is not written yet');
}
