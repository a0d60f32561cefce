import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLError, type GraphQLSchema, graphql } from 'graphql';
import type { Graph, GraphRequest } from '../graph.ts';

/** The schema that clients of the gateway see. */
export function apiSchema(): GraphQLSchema {
  return buildSchema(readFileSync(new URL('../../schema/generated/api.graphql', import.meta.url), 'utf8'));
}

export interface TestTask {
  id: string;
  n1: number;
  n2: number;
  operation: string;
  source: string;
}

/** A graph of the real schema that calculates in this process: stands at the interface Graph, where the federated one stands. */
export interface TestGraph extends Graph {
  readonly requests: GraphRequest[];
  readonly tasks: TestTask[];
  /** Thrown by every field while it is set. */
  failure: Error | null;
  brokerReachable: boolean;
}

const compute: Readonly<Record<string, (n1: number, n2: number) => number>> = {
  ADD: (n1, n2) => n1 + n2,
  SUB: (n1, n2) => n1 - n2,
  MUL: (n1, n2) => n1 * n2,
  DIV: (n1, n2) => n1 / n2,
};

export function createTestGraph(): TestGraph {
  const schema = apiSchema();
  const answers = new Map<string, { fingerprint: string; task: TestTask }>();
  const tasks: TestTask[] = [];
  const now = () => new Date().toISOString();
  let clearedAt = 0;

  const results = () =>
    tasks
      .slice(clearedAt)
      .flatMap((task) =>
        (task.operation === 'ALL' ? Object.keys(compute) : [task.operation]).map((operation) => {
          const value = compute[operation]?.(task.n1, task.n2) ?? Number.NaN;
          return {
            ...task,
            id: `${task.id}-${operation}`,
            task,
            operation,
            result: Number.isFinite(value) ? value : null,
            text: String(value),
            workerId: `worker_${operation.toLowerCase()}_1`,
            processingTime: 0.5,
            completedAt: now(),
          };
        }),
      )
      .reverse();
  const stats = () => ({
    sentTasks: tasks.length - clearedAt,
    receivedResults: results().length,
    operations: Object.keys(compute).map((operation) => ({
      operation,
      sent: 0,
      received: results().filter((result) => result.operation === operation).length,
    })),
    since: now(),
    lastUpdate: now(),
  });

  const root = {
    stats,
    queues: () => ({
      reachable: test.brokerReachable,
      queues: ['task_queue_add', 'result_queue'].map((name) => ({ name, ready: 1, unacked: 2, consumers: 3 })),
    }),
    results: ({ filter, first }: { filter?: { source?: string }; first: number }) => ({
      nodes: results()
        .filter(({ source }) => !filter?.source || source === filter.source)
        .slice(0, first),
    }),
    submitCalculation: ({ input, idempotencyKey }: { input: Omit<TestTask, 'id'>; idempotencyKey?: string }) => {
      const fingerprint = JSON.stringify(input);
      const known = idempotencyKey === undefined ? undefined : answers.get(idempotencyKey);
      if (known && known.fingerprint !== fingerprint)
        return { __typename: 'IdempotencyConflict', message: 'other input', key: idempotencyKey };
      if (known) return { __typename: 'CalculationSubmitted', task: known.task };
      const task = { id: `task-${tasks.length + 1}`, ...input };
      tasks.push(task);
      if (idempotencyKey !== undefined) answers.set(idempotencyKey, { fingerprint, task });
      return { __typename: 'CalculationSubmitted', task };
    },
    clearStats: () => {
      clearedAt = tasks.length;
      return { stats: stats() };
    },
  };

  const test: TestGraph = {
    requests: [],
    tasks,
    failure: null,
    brokerReachable: true,
    ready: () => true,
    async execute(request) {
      test.requests.push(request);
      if (test.failure) return { data: null, errors: [(test.failure as GraphQLError).toJSON()] };
      const { data, errors } = await graphql({
        schema,
        source: request.document,
        rootValue: root,
        variableValues: { ...request.variables },
        operationName: request.operationName,
      });
      return { data: (data ?? null) as Record<string, unknown> | null, errors: errors?.map((error) => error.toJSON()) };
    },
  };
  return test;
}
