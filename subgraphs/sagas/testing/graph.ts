import type { Principal } from '@comptoir/platform/principal.ts';
import { askAs } from '@comptoir/platform/testing/ask.ts';

export const manager: Principal = { consumerId: 'demo-manager', name: 'Ada', roles: ['MANAGER'], stores: null };

export const { ask, askData, listen } = askAs(manager);
