import { ComptoirError } from '@comptoir/platform/errors.ts';
import type { Principal } from '@comptoir/platform/principal.ts';
import { isSelected } from '@comptoir/platform/selected.ts';
import { parseId } from '@comptoir/platform/text.ts';
import type { QueryResolvers } from '@comptoir/schema/generated/resolvers-accounts.ts';
import type { GraphQLResolveInfo } from 'graphql';
import type { AccountsContext } from '../context.ts';
import { staffIdOfConsumer } from '../domain/staff-id.ts';
import { tierLimits, tiers } from '../domain/tiers.ts';
import { findApiKeys } from '../queries/api-keys.ts';
import { findAuditEntries } from '../queries/audit.ts';
import { consumerByApiKey, consumerBySession } from '../queries/credentials.ts';
import { findStaff } from '../queries/staff.ts';
import { listConsumers } from '../store/consumers.ts';
import { listRoles } from '../store/roles.ts';
import { visibleStaff } from './entities.ts';

const isCounted = (info: GraphQLResolveInfo) => isSelected(info, 'totalCount');

const maxListed = 1_000;
/** The name under which the gateway asks on its own account. */
const gatewayId = 'gateway';

/** `trusting`: there is no secret, so nobody can be told from the gateway. */
export function createQueries({ trusting }: { trusting: boolean }): object {
  const demandGateway = ({ consumerId, roles }: Principal) => {
    if (trusting || (consumerId === gatewayId && roles.includes('ADMIN'))) return;
    throw new ComptoirError('FORBIDDEN', 'Only the gateway may look up credentials.');
  };
  return {
    async me(_, __, { principal, consumers }) {
      const own = await consumers.load(principal.consumerId);
      // Of a session, which may give less than the person may do elsewhere.
      const { roles, stores } = principal;
      return own && staffIdOfConsumer(own.id) !== null ? { ...own, roles, stores } : own;
    },
    consumers: (_, __, { em }) => listConsumers(em, maxListed),
    staffMember: (_, { id }, context) => visibleStaff(parseId(id), context),
    staff: (_, { first, after, ...filter }, { em, principal }, info) =>
      findStaff(em, principal, filter, { first, after, counted: isCounted(info) }),
    roles: (_, __, { em }) => listRoles(em, maxListed),
    tiers: () => tiers.map((tier) => ({ tier, limits: tierLimits[tier] })),
    apiKeys: (_, { first, after, ...filter }, { em }, info) => findApiKeys(em, filter, { first, after, counted: isCounted(info) }),
    auditLog: (_, { first, after, filter }, { em, principal }, info) =>
      findAuditEntries(em, principal, filter ?? {}, { first, after, counted: isCounted(info) }),
    consumerByApiKey(_, { key }, { principal, em, consumers }) {
      demandGateway(principal);
      return consumerByApiKey(em, consumers, key);
    },
    consumerBySession(_, { id }, { principal, em, staff }) {
      demandGateway(principal);
      return consumerBySession(em, staff, id);
    },
  } satisfies QueryResolvers<AccountsContext>;
}
