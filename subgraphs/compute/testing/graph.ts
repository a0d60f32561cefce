import type { Principal } from '@comptoir/platform/principal.ts';
import { askAs } from '@comptoir/platform/testing/ask.ts';

export const integrator: Principal = { consumerId: 'demo-payetonkawa', name: 'payetonkawa', roles: ['INTEGRATION'], stores: null };
export const admin: Principal = { consumerId: 'demo-admin', name: 'admin-user', roles: ['ADMIN'], stores: null };

export const { ask, askData, listen } = askAs(admin);
