export interface TestTask {
  id: string;
  n1: number;
  n2: number;
  operation: string;
  source: string;
}

/** The root fields of the compute subgraph that the facade uses, calculating at once in this process. */
export interface TestCalculator {
  readonly tasks: TestTask[];
  brokerReachable: boolean;
  /** As graphql-js takes a rootValue: each called with its arguments. */
  // biome-ignore lint/suspicious/noExplicitAny: their arguments are the schema's.
  readonly fields: Readonly<Record<string, (args: any) => unknown>>;
}

const compute: Readonly<Record<string, (n1: number, n2: number) => number>> = {
  ADD: (n1, n2) => n1 + n2,
  SUB: (n1, n2) => n1 - n2,
  MUL: (n1, n2) => n1 * n2,
  DIV: (n1, n2) => n1 / n2,
};

export function createTestCalculator(): TestCalculator {
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

  const fields = {
    stats,
    queues: () => ({
      reachable: calculator.brokerReachable,
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
  const calculator: TestCalculator = { tasks, brokerReachable: true, fields };
  return calculator;
}
