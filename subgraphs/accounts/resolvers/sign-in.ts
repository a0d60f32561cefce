import { ComptoirError } from '@comptoir/platform/errors.ts';
import type { MutationResolvers } from '@comptoir/schema/generated/resolvers-accounts.ts';
import { logOut } from '../commands/log-out.ts';
import { changePassword, setPin } from '../commands/own-secrets.ts';
import { refresh } from '../commands/refresh.ts';
import { type SignInDeps, signIn } from '../commands/sign-in.ts';
import type { AccountsContext } from '../context.ts';
import { notChanged, signedIn, signInRefused } from './payloads.ts';

export interface SignInCounter {
  inc(labels: { method: 'password' | 'pin' | 'refresh'; outcome: 'signed_in' | 'refused' | 'locked' }): void;
}

/** `deps`: null where no secret is set to sign tokens with. */
export function createSignInMutations(deps: SignInDeps | null, counter: SignInCounter) {
  const demand = (): SignInDeps => {
    if (deps) return deps;
    throw new ComptoirError('SERVICE_UNAVAILABLE', 'Nobody can sign in here: GATEWAY_SECRET is not set.');
  };
  const counted = <T>(method: 'password' | 'pin' | 'refresh', outcome: 'signed_in' | 'refused' | 'locked', payload: T): T => {
    counter.inc({ method, outcome });
    return payload;
  };

  async function enter(method: 'password' | 'pin', login: string, secret: string, storeId: string | null) {
    const outcome = await signIn(demand(), { login, secret, method, storeId });
    if (outcome.kind === 'signedIn') return counted(method, 'signed_in', signedIn(outcome));
    return counted(method, outcome.retryAfterSeconds === null ? 'refused' : 'locked', signInRefused(outcome));
  }

  return {
    login: (_, { login, password }) => enter('password', login, password, null),
    loginWithPin: (_, { login, pin, storeId }) => enter('pin', login, pin, storeId),
    async refresh(_, { refreshToken }) {
      const outcome = await refresh(demand(), refreshToken);
      if (outcome) return counted('refresh', 'signed_in', signedIn(outcome));
      return counted('refresh', 'refused', { __typename: 'SessionEnded' as const, message: 'The session has ended: sign in again.' });
    },
    logout: async (_, { refreshToken }) => ({ ended: await logOut(demand(), refreshToken) }),
    async changePassword(_, { currentPassword, newPassword }, { principal }) {
      const outcome = await changePassword(demand(), { principal, currentPassword, newPassword });
      return outcome.kind === 'signedIn' ? signedIn(outcome) : notChanged(outcome);
    },
    async setPin(_, { currentPassword, pin = null }, { principal, staff }) {
      const outcome = await setPin(demand(), { principal, currentPassword, pin });
      return outcome.kind === 'set'
        ? { __typename: 'PinSet' as const, staffMember: staff.clear(outcome.id).load(outcome.id) }
        : notChanged(outcome);
    },
  } satisfies MutationResolvers<AccountsContext>;
}
