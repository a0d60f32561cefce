import { ask, listen } from '@comptoir/e2e/graph.ts';
import { withResources } from '@comptoir/e2e/resources.ts';
import { type System, startSystem } from '@comptoir/e2e/system.ts';
import type { Benchmark, Table } from '../benchmark.ts';
import { median, ratios, spread } from '../figures.ts';
import { startServers } from '../servers.ts';
import { startBareLoop } from './bare-loop.ts';

/** As many as npm start runs. */
const workers = 5;
const plans = { small: { rounds: 2, batch: 1_000, singles: 20 }, full: { rounds: 5, batch: 10_000, singles: 100 } };

/** Milliseconds until a batch, submitted at once, is stored and told of as completed. */
const batch = (system: System, count: number): Promise<number> =>
  withResources(async ({ use }) => {
    const tasks = Array.from({ length: count }, (_, i) => ({ n1: i, n2: 1, operation: ['ADD', 'ADD', 'SUB', 'MUL', 'DIV'][i % 5] }));
    const startedAt = performance.now();
    const submit = 'mutation ($input: SubmitBatchInput!) { submitBatch(input: $input) { ... on BatchSubmitted { batch { id } } } }';
    const { data } = await ask(system.url, submit, { input: { tasks } });
    const variables = { id: data.submitBatch.batch.id };
    const feed = use(listen(system.url, { query: 'subscription ($id: ID!) { batchProgress(id: $id) { state } }', variables }));
    await feed.ended;
    return performance.now() - startedAt;
  });

/** Milliseconds from asking for one sum to having its result over a subscription, one after the other. */
const singles = (system: System, count: number): Promise<number[]> =>
  withResources(async ({ use }) => {
    const feed = use(listen(system.url, { query: 'subscription { calculationCompleted { text } }' }));
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
      const startedAt = performance.now();
      const seen = feed.events.length;
      await ask(system.url, 'mutation { submitCalculation(input: { n1: 1, n2: 1, operation: ADD }) { __typename } }');
      await feed.arrived(seen + 1);
      times.push(performance.now() - startedAt);
    }
    return times;
  });

interface Figures {
  readonly perSecond: number[];
  readonly latencyMs: number[];
}

export const benchmark: Benchmark = {
  measures:
    'Tasks submitted over GraphQL, computed by five worker processes without simulated time, stored, and delivered to a subscriber; against a bare amqplib loop (publish → work → publish → consume) without database or graph on the same RabbitMQ.',

  run: ({ size, say }) =>
    withResources(async ({ use }) => {
      const plan = plans[size];
      use(await startServers(say));
      const system = use(await startSystem());
      const bare = use(await startBareLoop(system.broker.url, workers));
      const ours: Figures = { perSecond: [], latencyMs: [] };
      const floor: Figures = { perSecond: [], latencyMs: [] };
      await batch(system, plan.batch / 10);
      await bare.batch(plan.batch / 10);
      for (let round = 1; round <= plan.rounds; round++) {
        ours.perSecond.push((plan.batch / (await batch(system, plan.batch))) * 1000);
        floor.perSecond.push((plan.batch / (await bare.batch(plan.batch))) * 1000);
        ours.latencyMs.push(median(await singles(system, plan.singles)));
        const single: number[] = [];
        for (let i = 0; i < plan.singles; i++) single.push(await bare.single());
        floor.latencyMs.push(median(single));
        say(`round ${round}: ${ours.perSecond.at(-1)?.toFixed(0)} tasks a second, bare ${floor.perSecond.at(-1)?.toFixed(0)}`);
      }
      return tables(plan.batch, ours, floor);
    }),
};

function tables(count: number, ours: Figures, floor: Figures): Table[] {
  return [
    {
      title: `Batches of ${count.toLocaleString('en')}`,
      columns: ['', 'tasks a second'],
      rows: [
        ['Comptoir', spread(ours.perSecond)],
        ['bare loop', spread(floor.perSecond)],
        ['ratio', spread(ratios(ours.perSecond, floor.perSecond), 2)],
      ],
      notes: [
        'The bare loop keeps nothing; Comptoir writes a task, two outbox rows and a result for each, and tells every subscriber. Workers of both take one message at a time and wait for the confirm before they acknowledge.',
      ],
    },
    {
      title: 'One at a time',
      columns: ['', 'milliseconds from asking to result'],
      rows: [
        ['Comptoir', spread(ours.latencyMs, 1)],
        ['bare loop', spread(floor.latencyMs, 1)],
      ],
      notes: [
        'Comptoir: an HTTP request through gateway and subgraph, two commits, three passes of the broker, an event through the log and over a WebSocket.',
      ],
    },
  ];
}
