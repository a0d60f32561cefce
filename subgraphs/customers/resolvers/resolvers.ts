import type { Database } from '@comptoir/platform/database.ts';
import { ComptoirError } from '@comptoir/platform/errors.ts';
import type { Feed } from '@comptoir/platform/feed.ts';
import { startOf } from '@comptoir/platform/operation-scope.ts';
import { isSelected } from '@comptoir/platform/selected.ts';
import { parseId } from '@comptoir/platform/text.ts';
import type { Resolvers } from '@comptoir/schema/generated/resolvers-customers.ts';
import type { MessageOf } from '@comptoir/schema/messages.ts';
import { createCustomer } from '../commands/create-customer.ts';
import { deleteCustomer } from '../commands/delete-customer.ts';
import { updateCustomer } from '../commands/update-customer.ts';
import type { CustomersContext } from '../context.ts';
import { findCustomers } from '../queries/customers.ts';

const notFound = (id: string) => ({ __typename: 'NotFound' as const, message: `There is no customer ${id}.`, kind: 'customer', id });
const taken = { __typename: 'AlreadyTaken' as const, message: 'This e-mail address belongs to another customer.', field: 'email' };

const load = (id: string, { customers }: CustomersContext) => {
  const parsed = parseId(id);
  return parsed === null ? null : customers.load(parsed);
};

/** After a change: what was loaded before is true no more. */
const reload = (id: number, { customers }: CustomersContext) => customers.clear(id).load(id);

const Customer: object = { __resolveReference: ({ id }: { id: string }, context: CustomersContext) => load(String(id), context) };

type CustomerEvent = MessageOf<'client.created'> | MessageOf<'client.updated'> | MessageOf<'client.deleted'>;
const changeKinds: Readonly<Record<string, string>> = { client_created: 'CREATED', client_updated: 'UPDATED', client_deleted: 'DELETED' };

export function createResolvers({ database, feed }: { database: Database; feed: Feed }) {
  return {
    Customer,
    Query: {
      customer: (_, { id }, context) => load(id, context),
      customers: (_, { search, active, ...page }, { em }, info) =>
        findCustomers(em, { search, active }, { ...page, counted: isSelected(info, 'totalCount') }),
    },
    Mutation: {
      async createCustomer(_, { input, idempotencyKey }, context) {
        try {
          const outcome = await createCustomer(database, { input, idempotencyKey, caller: context.principal });
          if (outcome.kind === 'taken') return taken;
          const customer = await reload(outcome.id, context);
          return customer ? { __typename: 'CustomerCreated' as const, customer } : notFound(String(outcome.id));
        } catch (error) {
          if (!(error instanceof ComptoirError) || error.code !== 'IDEMPOTENCY_CONFLICT') throw error;
          return { __typename: 'IdempotencyConflict' as const, message: error.message, key: idempotencyKey ?? '' };
        }
      },
      async updateCustomer(_, { id, input }, context) {
        const outcome = await updateCustomer(database, { id, input, caller: context.principal });
        if (outcome.kind === 'missing') return notFound(id);
        if (outcome.kind === 'taken') return taken;
        if (outcome.kind === 'stale') {
          return {
            __typename: 'StaleValue' as const,
            message: `The customer was changed meanwhile: its version is ${outcome.version} by now.`,
          };
        }
        const customer = await reload(outcome.id, context);
        return customer ? { __typename: 'CustomerUpdated' as const, customer } : notFound(id);
      },
      async deleteCustomer(_, { id }, { customers, principal }) {
        const outcome = await deleteCustomer(database, id, principal);
        if (outcome.kind === 'missing') return notFound(id);
        customers.clear(outcome.id);
        return { __typename: 'CustomerDeleted' as const, id: outcome.id };
      },
    },
    Subscription: {
      customerChanged: {
        subscribe: (_, { id }, context) =>
          feed.subscribe({
            types: ['client.created', 'client.updated', 'client.deleted'],
            filter: ({ payload }) => id === null || id === undefined || String(payload.client_id) === id,
            start: startOf(context),
          }),
        resolve({ payload }: { payload: CustomerEvent }, _: unknown, { customers }: CustomersContext) {
          const kind = changeKinds[payload.event];
          // As it is by now; deleted meanwhile, it is null already.
          return { kind, customerId: payload.client_id, customer: kind === 'DELETED' ? null : () => customers.load(payload.client_id) };
        },
      },
    },
  } satisfies Resolvers<CustomersContext>;
}
