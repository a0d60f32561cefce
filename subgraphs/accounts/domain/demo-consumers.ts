import type { Role } from '@comptoir/platform/principal.ts';
import type { Tier } from './tiers.ts';

export interface DemoConsumer {
  /** The same in every installation. */
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly tier: Tier;
  /** Public: printed at the start of a demo and written in the documentation. */
  readonly key: string;
}

/** The three consumers of the demo. Their keys are known to everybody, so a production profile refuses to run beside them. */
export const demoConsumers: readonly DemoConsumer[] = [
  { id: 'demo-admin', name: 'admin-user', roles: ['ADMIN'], tier: 'INTERNAL', key: 'admin-key-12345' },
  { id: 'demo-frontend', name: 'frontend-app', roles: ['MANAGER'], tier: 'PARTNER', key: 'frontend-key-67890' },
  { id: 'demo-payetonkawa', name: 'payetonkawa', roles: ['INTEGRATION'], tier: 'DEMO', key: 'secret_key_123' },
];
