import { createHealth } from '@comptoir/platform/health.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import type { SubgraphService } from '@comptoir/platform/subgraph-service.ts';
import { type Data, testSecret } from '@comptoir/platform/testing/ask.ts';
import { createTestBroker, type TestBroker } from '@comptoir/platform/testing/broker.ts';
import { createTestDatabase, type TestDatabase } from '@comptoir/platform/testing/database.ts';
import { testLog } from '@comptoir/platform/testing/log.ts';
import { startProcess, type TestProcess } from '@comptoir/platform/testing/process.ts';
import { policies, type WireOperation } from '@comptoir/schema/topology.ts';
import { Client } from 'pg';
import type { ComputeConfig } from '../config.ts';
import { createCompute } from '../service.ts';
import { askData } from './graph.ts';

export interface TestSystem extends AsyncDisposable {
  readonly broker: TestBroker;
  readonly server: TestDatabase;
  /** A compute service in this process, started; stopped in the end. */
  compute(config?: Partial<ComputeConfig>): Promise<SubgraphService>;
  /** What compute/main.ts and worker/main.ts are told of servers. */
  readonly env: NodeJS.ProcessEnv;
  /** A worker process without simulated work; killed in the end. */
  worker(operation: WireOperation, env?: NodeJS.ProcessEnv): Promise<TestProcess>;
  /** Two workers for add, one for each of the others. */
  workers(): Promise<TestProcess[]>;
  /** A statement on compute's database. */
  sql<Row = Data>(text: string, values?: unknown[]): Promise<Row[]>;
}

/** Databases and a virtual host of the test's own, with the policies of production. */
export async function createTestSystem(): Promise<TestSystem> {
  const disposers: (() => PromiseLike<unknown>)[] = [];
  const use = <T extends AsyncDisposable>(resource: T): T => {
    disposers.push(() => resource[Symbol.asyncDispose]());
    return resource;
  };
  // In reverse order, each of them whatever the others do.
  const disposeAll = async () => {
    const failures: unknown[] = [];
    for (const dispose of disposers.splice(0).reverse()) await dispose().then(undefined, (error: unknown) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, 'the test system did not end in order');
  };
  try {
    const server = use(await createTestDatabase());
    const broker = use(await createTestBroker());
    await broker.applyPolicies(policies);
    const database = `${server.prefix}compute`;
    const env = {
      DATABASE_URL: server.url,
      DATABASE_PREFIX: server.prefix,
      AMQP_URL: broker.url,
      AMQP_MANAGEMENT_URL: broker.managementUrl,
      GATEWAY_SECRET: testSecret,
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'info',
    };
    const worker = async (operation: WireOperation, extra: NodeJS.ProcessEnv = {}) => {
      const times = { WORKER_PROCESSING_TIME_MIN: '0', WORKER_PROCESSING_TIME_MAX: '0' };
      return use(await startMain('worker/main.ts', { ...env, WORKER_OPERATION: operation, ...times, ...extra }));
    };
    return {
      broker,
      server,
      env,
      worker,
      workers: () =>
        Promise.all(
          (['add', 'add', 'sub', 'mul', 'div'] as const).map((operation, index) =>
            worker(operation, { WORKER_ID: `worker_${operation}_${index}` }),
          ),
        ),
      async compute(config = {}) {
        const compute = createCompute(
          {
            host: '127.0.0.1',
            port: 0,
            databaseUrl: server.url,
            database,
            amqpUrl: broker.url,
            managementUrl: broker.managementUrl,
            secret: testSecret,
            production: false,
            pollMs: 250,
            ...config,
          },
          {
            log: testLog(),
            metrics: createMetrics({ service: 'compute', instanceId: 'test', processMetrics: false }),
            health: createHealth(),
          },
        );
        disposers.push(() => compute.stop());
        await compute.start();
        return compute;
      },
      async sql(text, values) {
        const client = new Client({ connectionString: Object.assign(new URL(server.url), { pathname: `/${database}` }).href });
        await client.connect();
        try {
          return (await client.query(text, values)).rows;
        } finally {
          await client.end();
        }
      },
      [Symbol.asyncDispose]: disposeAll,
    };
  } catch (error) {
    await disposeAll();
    throw error;
  }
}

/** Submits a calculation and returns the id of its task. */
export async function submit(url: string, n1: number, operation: string, n2: number, source = 'WEB'): Promise<string> {
  const data = await askData(
    url,
    'mutation ($input: SubmitCalculationInput!) { submitCalculation(input: $input) { ... on CalculationSubmitted { task { id } } } }',
    { input: { n1, n2, operation, source } },
  );
  return data.submitCalculation.task.id;
}

export interface BatchTask {
  readonly n1: number;
  readonly n2: number;
  readonly operation: string;
}

/** Submits a batch and returns its id. */
export async function submitBatch(url: string, tasks: readonly BatchTask[], source = 'WEB'): Promise<string> {
  const data = await askData(
    url,
    'mutation ($input: SubmitBatchInput!) { submitBatch(input: $input) { ... on BatchSubmitted { batch { id } } } }',
    { input: { tasks, source } },
  );
  return data.submitBatch.batch.id;
}

/** Tasks of all kinds, divisions by zero among them. */
export function mixedTasks(count: number): BatchTask[] {
  const kinds = ['ADD', 'SUB', 'MUL', 'DIV', 'ADD'];
  return Array.from({ length: count }, (_, index) => ({ n1: index, n2: index % 10, operation: kinds[index % kinds.length] as string }));
}

const readyTimeoutMs = 60_000;

/** Runs a main.ts of this folder in a process of its own and waits until it says that it is ready. */
export function startMain(main: 'main.ts' | 'worker/main.ts', env: NodeJS.ProcessEnv): Promise<TestProcess> {
  return startProcess(new URL(`../${main}`, import.meta.url), { env: { LOG_FORMAT: 'json', ...env }, readyTimeoutMs });
}
