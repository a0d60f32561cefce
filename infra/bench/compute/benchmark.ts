import { ask, listen } from '@comptoir/e2e/graph.ts';
import { type System, startSystem } from '@comptoir/e2e/system.ts';
import type { Benchmark } from '../benchmark.ts';
import { median, percentile, ratios, spread } from '../figures.ts';
import { startServers } from '../servers.ts';
import { startBareLoop } from './bare-loop.ts';

const workers = 5;
const plans = { small: { rounds: 2, batch: 1_000, singles: 20 }, full: { rounds: 5, batch: 10_000, singles: 100 } };

/** Milliseconds until a batch, submitted at once, is stored and told of as completed. */
async function batch(system: System, count: number): Promise<number> {
  const tasks = Array.from({ length: count }, (_, i) => ({ n1: i, n2: 1, operation: ['ADD', 'ADD', 'SUB', 'MUL', 'DIV'][i % 5] }));
  const startedAt = performance.now();
  const { data } = await ask(
    system.url,
    'mutation ($input: SubmitBatchInput!) { submitBatch(input: $input) { ... on BatchSubmitted { batch { id } } } }',
    { input: { tasks } },
  );
  await using feed = listen(system.url, {
    query: 'subscription ($id: ID!) { batchProgress(id: $id) { state } }',
    variables: { id: data.submitBatch.batch.id },
  });
  await feed.ended;
  return performance.now() - startedAt;
}

/** Milliseconds from asking for one sum to having its result over a subscription, one after the other. */
async function singles(system: System, count: number): Promise<number[]> {
  await using feed = listen(system.url, { query: 'subscription { calculationCompleted { text } }' });
  await ask(system.url, '{ stats { sentTasks } }');
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const startedAt = performance.now();
    const seen = feed.events.length;
    await ask(system.url, 'mutation { submitCalculation(input: { n1: 1, n2: 1, operation: ADD }) { __typename } }');
    await feed.arrived(seen + 1);
    times.push(performance.now() - startedAt);
  }
  return times;
}

export const benchmark: Benchmark = {
  measures:
    'Tasks submitted over GraphQL, computed by five worker processes without simulated time, stored, and delivered to a subscriber; against a bare amqplib loop (publish → work → publish → consume) without database or graph on the same RabbitMQ.',

  async run({ size, say }) {
    const plan = plans[size];
    await using _servers = await startServers();
    await using system = await startSystem();
    await using bare = await startBareLoop(system.broker.url, workers);
    await batch(system, 500);
    await bare.batch(500);
    const perSecond = { ours: [] as number[], bare: [] as number[] };
    const latencyMs = { ours: [] as number[], bare: [] as number[] };
    for (let round = 1; round <= plan.rounds; round++) {
      perSecond.ours.push((plan.batch / (await batch(system, plan.batch))) * 1000);
      perSecond.bare.push((plan.batch / (await bare.batch(plan.batch))) * 1000);
      latencyMs.ours.push(median(await singles(system, plan.singles)));
      const single: number[] = [];
      for (let i = 0; i < plan.singles; i++) single.push(await bare.single());
      latencyMs.bare.push(median(single));
      say(
        `round ${round}: ${perSecond.ours.at(-1)?.toFixed(0)} and ${perSecond.bare.at(-1)?.toFixed(0)} tasks a second, ${latencyMs.ours.at(-1)?.toFixed(1)} and ${percentile(single, 0.5).toFixed(1)} ms`,
      );
    }
    return [
      {
        title: `Batches of ${plan.batch.toLocaleString('en')}`,
        columns: ['', 'tasks a second'],
        rows: [
          ['Comptoir', spread(perSecond.ours)],
          ['bare loop', spread(perSecond.bare)],
          ['ratio', spread(ratios(perSecond.ours, perSecond.bare), 2)],
        ],
        notes: [
          'The bare loop keeps nothing; Comptoir writes a task, two outbox rows and a result for each, and tells every subscriber. Workers of both take one message at a time and wait for the confirm before they acknowledge.',
        ],
      },
      {
        title: 'One at a time',
        columns: ['', 'milliseconds from asking to result'],
        rows: [
          ['Comptoir', spread(latencyMs.ours, 1)],
          ['bare loop', spread(latencyMs.bare, 1)],
        ],
        notes: [
          'Comptoir: an HTTP request through gateway and subgraph, two commits, three passes of the broker, an event through the log and over a WebSocket.',
        ],
      },
    ];
  },
};
