/** How often one field of a root type may be resolved, for each value of what it is counted by. */
export interface FieldLimit {
  /** E.g. `Mutation.login`. */
  readonly field: string;
  /** The address of the client, or the value of an argument, whatever its case. */
  readonly by: 'address' | { readonly argument: string };
  readonly max: number;
  readonly windowMs: number;
}

const minuteMs = 60_000;
const hourMs = 3_600_000;

/**
 * What can be used to guess passwords and PINs. Counted for each time the field would be resolved, so that a hundred aliases are a hundred tries. By
 * account, whoever tries; by address, whomever it tries for: a shop's tills share one, so that is more.
 */
export const signInLimits: readonly FieldLimit[] = [
  ...['Mutation.login', 'Mutation.loginWithPin'].flatMap((field): FieldLimit[] => [
    { field, by: { argument: 'login' }, max: 5, windowMs: minuteMs },
    { field, by: { argument: 'login' }, max: 50, windowMs: hourMs },
    { field, by: 'address', max: 60, windowMs: minuteMs },
    { field, by: 'address', max: 600, windowMs: hourMs },
  ]),
  { field: 'Mutation.refresh', by: 'address', max: 300, windowMs: minuteMs },
  { field: 'Mutation.changePassword', by: 'address', max: 20, windowMs: minuteMs },
  { field: 'Mutation.setPin', by: 'address', max: 20, windowMs: minuteMs },
];
