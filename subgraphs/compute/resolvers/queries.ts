import { findDeadLetters, getDeadLetter } from '@comptoir/platform/dead-letters.ts';
import { isSelected } from '@comptoir/platform/selected.ts';
import { isStorable } from '@comptoir/platform/text.ts';
import type { Resolvers } from '@comptoir/schema/generated/resolvers-compute.ts';
import type { GraphQLResolveInfo } from 'graphql';
import type { QueueReporter } from '../broker/queue-report.ts';
import type { ComputeContext } from '../context.ts';
import { findBatches, findResults, findTasks } from '../queries/lists.ts';
import { readStats } from '../queries/stats.ts';
import { listWorkers } from './workers.ts';

const isCounted = (info: GraphQLResolveInfo) => isSelected(info, 'totalCount');

const DeadLetter: object = {
  __resolveReference: ({ id }: { id: string }, { em }: ComputeContext) => getDeadLetter(em, id),
};

export function createQueries({ queueReporter }: { queueReporter: QueueReporter }) {
  return {
    Query: {
      // Of what no column can hold there is none; the database would refuse to look.
      task: (_, { id }, { loaders }) => (isStorable(id) ? loaders.task.load(id) : null),
      tasks: (_, { filter, first, after }, { em, principal }, info) =>
        findTasks(em, { ...filter, submittedBy: filter?.mine ? principal.consumerId : null }, { first, after, counted: isCounted(info) }),
      results: (_, { filter, first, after }, { em }, info) => findResults(em, filter ?? {}, { first, after, counted: isCounted(info) }),
      stats: (_, __, { em }) => readStats(em),
      queues: () => queueReporter.report(),
      workers: (_, __, { em }) => listWorkers(em),
      batch: (_, { id }, { loaders }) => (isStorable(id) ? loaders.batch.load(id) : null),
      batches: (_, { first, after }, { em }, info) => findBatches(em, { first, after, counted: isCounted(info) }),
      deadLetters: (_, { first, after, ...filter }, { em }, info) =>
        findDeadLetters(em, filter, { first, after, counted: isCounted(info) }),
    },
    DeadLetter,
  } satisfies Resolvers<ComputeContext>;
}
