import { ComptoirError } from '@comptoir/platform/errors.ts';
import type { Principal } from '@comptoir/platform/principal.ts';
import type { AccountRefusal } from '@comptoir/schema/generated/resolvers-accounts.ts';

export interface Missing {
  readonly kind: 'missing';
}
export interface Stale {
  readonly kind: 'stale';
  readonly version: number;
}
export interface Taken {
  readonly kind: 'taken';
  readonly field: string;
}
/** Nobody may do that. */
export interface Refused {
  readonly kind: 'refused';
  readonly reason: AccountRefusal;
  readonly message: string;
}

export const lastAdministrator: Refused = {
  kind: 'refused',
  reason: 'LAST_ADMINISTRATOR',
  message: 'Nobody would be left to administer the system: let somebody else do so first.',
};

/** What holds everywhere can be changed only by who may act everywhere. Errors: FORBIDDEN. */
export function demandEverywhere({ stores }: Principal): void {
  if (stores !== null) throw new ComptoirError('FORBIDDEN', 'This needs rights that are not limited to some places.');
}
