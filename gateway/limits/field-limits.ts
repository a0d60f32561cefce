/** How often one field of a root type may be resolved, for each value of what it is counted by. */
export interface FieldLimit {
  /** E.g. `Mutation.login`. */
  readonly field: string;
  /** The address of the client; the value of an argument, whatever its case; or both together, where `fromOneAddress`. */
  readonly by: 'address' | { readonly argument: string; readonly fromOneAddress?: boolean };
  readonly max: number;
  readonly windowMs: number;
}

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const login = { argument: 'login' } as const;
const loginFromOneAddress = { ...login, fromOneAddress: true } as const;
/** Whomever it tries for: a shop's tills share an address. */
const fromOneAddress = (field: string): FieldLimit[] => [
  { field, by: 'address', max: 60, windowMs: minuteMs },
  { field, by: 'address', max: 600, windowMs: hourMs },
];

/**
 * What can be used to guess passwords and PINs. Counted for each time the field would be resolved, so that a hundred aliases are a hundred tries.
 * For a password few from one address and many in all, so that a stranger who fails on purpose keeps nobody out who is elsewhere. For a PIN few in all, since it
 * can be guessed. accounts locks besides (subgraphs/accounts/domain/lock-out.ts, docs/adr/0010).
 */
export const signInLimits: readonly FieldLimit[] = [
  { field: 'Mutation.login', by: loginFromOneAddress, max: 5, windowMs: minuteMs },
  { field: 'Mutation.login', by: loginFromOneAddress, max: 30, windowMs: hourMs },
  { field: 'Mutation.login', by: loginFromOneAddress, max: 40, windowMs: dayMs },
  { field: 'Mutation.login', by: login, max: 60, windowMs: minuteMs },
  { field: 'Mutation.login', by: login, max: 600, windowMs: hourMs },
  ...fromOneAddress('Mutation.login'),
  { field: 'Mutation.loginWithPin', by: login, max: 5, windowMs: minuteMs },
  { field: 'Mutation.loginWithPin', by: login, max: 50, windowMs: hourMs },
  ...fromOneAddress('Mutation.loginWithPin'),
  { field: 'Mutation.refresh', by: 'address', max: 300, windowMs: minuteMs },
  { field: 'Mutation.changePassword', by: 'address', max: 20, windowMs: minuteMs },
  { field: 'Mutation.setPin', by: 'address', max: 20, windowMs: minuteMs },
];
