import type { Database } from '@comptoir/platform/database.ts';
import type { Feed } from '@comptoir/platform/feed.ts';
import type { SignInDeps } from '../commands/sign-in.ts';
import type { Passwords } from '../security/passwords.ts';
import { entities } from './entities.ts';
import { createMutations } from './mutations.ts';
import { createQueries } from './queries.ts';
import { createSignInMutations, type SignInCounter } from './sign-in.ts';
import { createSubscriptions } from './subscriptions.ts';

export interface ResolverDeps {
  readonly database: Database;
  readonly feed: Feed;
  readonly passwords: Passwords;
  /** Null where no secret is set. */
  readonly signIn: SignInDeps | null;
  readonly signIns: SignInCounter;
}

export function createResolvers({ database, feed, passwords, signIn, signIns }: ResolverDeps): object {
  return {
    ...entities,
    Query: createQueries({ trusting: signIn === null }),
    Mutation: { ...createSignInMutations(signIn, signIns), ...createMutations({ database, passwords }) },
    Subscription: createSubscriptions({ feed }),
  };
}
