import type { Role } from '@comptoir/platform/principal.ts';

export interface DemoConsumer {
  /** The same in every installation. */
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly perMinute: number;
  readonly perHour: number;
  /** Public: printed at the start of a demo and written in the documentation. */
  readonly key: string;
}

/** The three consumers of the demo. Their keys are known to everybody, so a production profile refuses to run beside them. */
export const demoConsumers: readonly DemoConsumer[] = [
  { id: 'demo-admin', name: 'admin-user', roles: ['ADMIN'], perMinute: 1_000, perHour: 60_000, key: 'admin-key-12345' },
  { id: 'demo-frontend', name: 'frontend-app', roles: ['MANAGER'], perMinute: 500, perHour: 30_000, key: 'frontend-key-67890' },
  { id: 'demo-payetonkawa', name: 'payetonkawa', roles: ['INTEGRATION'], perMinute: 100, perHour: 1_000, key: 'secret_key_123' },
];
