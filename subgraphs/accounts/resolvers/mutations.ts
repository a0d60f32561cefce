import type { Database } from '@comptoir/platform/database.ts';
import type { MutationResolvers } from '@comptoir/schema/generated/resolvers-accounts.ts';
import { issueApiKey, revokeApiKey } from '../commands/api-keys.ts';
import { resetPassword, resetPin, type StaffOutcome, setStaffActive, updateStaff } from '../commands/change-staff.ts';
import { createConsumer, updateConsumer } from '../commands/consumers.ts';
import { createStaff } from '../commands/create-staff.ts';
import type { Taken } from '../commands/outcomes.ts';
import { createRole, deleteRole, updateRole } from '../commands/roles.ts';
import type { AccountsContext } from '../context.ts';
import type { Passwords } from '../security/passwords.ts';
import { readApiKey } from '../store/api-keys.ts';
import { notFound, orConflict, refused, stale, taken } from './payloads.ts';

export function createMutations({ database, passwords }: { database: Database; passwords: Passwords }) {
  /** After a change: what was loaded before is true no more. */
  const staffMember = (id: number, { staff }: AccountsContext) => staff.clear(id).load(id);
  const consumer = (id: string, { consumers }: AccountsContext) => {
    consumers.clear(id);
    return consumers.load(id);
  };

  function staffPayload(outcome: StaffOutcome, id: string, context: AccountsContext) {
    if (outcome.kind === 'missing') return notFound('member of staff', id);
    if (outcome.kind === 'stale') return stale(outcome);
    if (outcome.kind === 'refused') return refused(outcome);
    return { __typename: 'StaffUpdated' as const, staffMember: staffMember(outcome.id, context) };
  }

  return {
    async createStaff(_, { input, idempotencyKey }, context) {
      const outcome = await orConflict(
        idempotencyKey,
        createStaff(database, passwords, { principal: context.principal, input, idempotencyKey }),
      );
      if (outcome.kind === 'conflict') return outcome.payload;
      if (outcome.kind === 'taken') return taken(outcome);
      return { __typename: 'StaffCreated' as const, staffMember: staffMember(outcome.id, context) };
    },
    async updateStaff(_, { id, input }, context) {
      const outcome: StaffOutcome | Taken = await updateStaff(database, { principal: context.principal, id, input });
      return outcome.kind === 'taken' ? taken(outcome) : staffPayload(outcome, id, context);
    },
    disableStaff: async (_, { id, expectedVersion }, context) =>
      staffPayload(await setStaffActive(database, { principal: context.principal, id, expectedVersion, active: false }), id, context),
    enableStaff: async (_, { id, expectedVersion }, context) =>
      staffPayload(await setStaffActive(database, { principal: context.principal, id, expectedVersion, active: true }), id, context),
    resetPassword: async (_, { id, password }, context) =>
      staffPayload(await resetPassword(database, passwords, { principal: context.principal, id, password }), id, context),
    resetPin: async (_, { id, pin = null }, context) =>
      staffPayload(await resetPin(database, passwords, { principal: context.principal, id, pin }), id, context),

    async createRole(_, { input, idempotencyKey }, { principal, roles }) {
      const outcome = await orConflict(idempotencyKey, createRole(database, { principal, input, idempotencyKey }));
      if (outcome.kind === 'conflict') return outcome.payload;
      if (outcome.kind === 'taken') return taken(outcome);
      const role = await roles.clear(outcome.id).load(outcome.id);
      return role ? { __typename: 'RoleCreated' as const, role } : notFound('role', outcome.id);
    },
    async updateRole(_, { id, input }, { principal, roles }) {
      const outcome = await updateRole(database, { principal, id, input });
      if (outcome.kind === 'missing') return notFound('role', id);
      if (outcome.kind === 'taken') return taken(outcome);
      if (outcome.kind === 'stale') return stale(outcome);
      if (outcome.kind === 'refused') return refused(outcome);
      return { __typename: 'RoleUpdated' as const, role: roles.clear(id).load(id) };
    },
    async deleteRole(_, { id, expectedVersion }, { principal, roles }) {
      const outcome = await deleteRole(database, { principal, id, expectedVersion });
      if (outcome.kind === 'missing') return notFound('role', id);
      if (outcome.kind === 'stale') return stale(outcome);
      if (outcome.kind === 'refused') return refused(outcome);
      roles.clear(id);
      return { __typename: 'RoleDeleted' as const, id };
    },

    async createConsumer(_, { input, idempotencyKey }, context) {
      const outcome = await orConflict(idempotencyKey, createConsumer(database, { principal: context.principal, input, idempotencyKey }));
      if (outcome.kind === 'conflict') return outcome.payload;
      return outcome.kind === 'taken'
        ? taken(outcome)
        : { __typename: 'ConsumerCreated' as const, consumer: consumer(outcome.id, context) };
    },
    async updateConsumer(_, { id, input }, context) {
      const outcome = await updateConsumer(database, { principal: context.principal, id, input });
      if (outcome.kind === 'missing') return notFound('consumer', id);
      if (outcome.kind === 'taken') return taken(outcome);
      if (outcome.kind === 'stale') return stale(outcome);
      return { __typename: 'ConsumerUpdated' as const, consumer: consumer(id, context) };
    },

    async issueApiKey(_, { input, idempotencyKey }, { principal, em }) {
      const outcome = await orConflict(idempotencyKey, issueApiKey(database, { principal, input, idempotencyKey }));
      if (outcome.kind === 'conflict') return outcome.payload;
      if (outcome.kind === 'missing') return notFound('consumer', input.consumerId);
      return { __typename: 'ApiKeyIssued' as const, apiKey: readApiKey(em, outcome.id), secret: outcome.secret };
    },
    async revokeApiKey(_, { id }, { principal, em }) {
      const outcome = await revokeApiKey(database, { principal, id });
      if (outcome.kind === 'missing') return notFound('API key', id);
      if (outcome.kind === 'refused') return refused(outcome);
      return { __typename: 'ApiKeyRevoked' as const, apiKey: readApiKey(em, id) };
    },
  } satisfies MutationResolvers<AccountsContext>;
}
