import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createHealth } from '@comptoir/platform/health.ts';
import { createMetrics, type Metrics } from '@comptoir/platform/metrics.ts';
import type { SubgraphService } from '@comptoir/platform/subgraph-service.ts';
import { type Data, testSecret } from '@comptoir/platform/testing/ask.ts';
import { createTestBroker, type TestBroker } from '@comptoir/platform/testing/broker.ts';
import { createTestDatabase, type TestDatabase } from '@comptoir/platform/testing/database.ts';
import { testLog } from '@comptoir/platform/testing/log.ts';
import { sagaStartQueue, sagasTopology } from '@comptoir/schema/topology.ts';
import { Client } from 'pg';
import { expect } from 'vitest';
import type { SagasConfig } from '../config.ts';
import { createSagas } from '../service.ts';
import { askData } from './graph.ts';
import { type Participants, startParticipants } from './participants.ts';

export interface TestSystem extends AsyncDisposable {
  readonly broker: TestBroker;
  readonly server: TestDatabase;
  readonly participants: Participants;
  /** An orchestrator in this process, started; stopped in the end. */
  sagas(config?: Partial<SagasConfig>): Promise<SubgraphService & { metrics: Metrics }>;
  /** An orchestrator as a process of its own; killed in the end. */
  process(env?: NodeJS.ProcessEnv): Promise<OrchestratorProcess>;
  /** Promises sagas as another service does, by the queue that it declares like everybody. */
  promiser(): Promise<(sagaId: string, definition: string, data: object) => void>;
  /** A statement on the database of sagas. */
  sql<Row = Data>(text: string, values?: unknown[]): Promise<Row[]>;
  /** States of all sagas by how many there are. */
  states(): Promise<Record<string, number>>;
}

export interface OrchestratorProcess {
  readonly child: ChildProcess;
  /** Resolves with how it ended: exit code or signal. */
  readonly ended: Promise<string | number | null>;
  kill(): Promise<void>;
}

/** 2 s of the definitions become 100 ms, a step is given up after 3 s, a compensation after half a minute. */
export const timeScale = 0.05;

/** So slow to ask again that nobody is asked twice, however busy the machine. */
export const patient = 10;

/** A database and a virtual host of the test's own, with participants that follow a script. */
export async function createTestSystem(): Promise<TestSystem> {
  const disposers: (() => PromiseLike<unknown>)[] = [];
  const use = <T extends AsyncDisposable>(resource: T): T => {
    disposers.push(() => resource[Symbol.asyncDispose]());
    return resource;
  };
  const disposeAll = async () => {
    const failures: unknown[] = [];
    for (const dispose of disposers.splice(0).reverse()) await dispose().then(undefined, (error: unknown) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, 'the test system did not end in order');
  };
  try {
    const server = use(await createTestDatabase());
    const broker = use(await createTestBroker());
    const participants = use(await startParticipants(broker.url));
    const database = `${server.prefix}sagas`;
    let sql: Client | null = null;
    disposers.push(async () => sql?.end());

    async function run<Row>(text: string, values?: unknown[]): Promise<Row[]> {
      if (!sql) {
        sql = new Client({ connectionString: Object.assign(new URL(server.url), { pathname: `/${database}` }).href });
        await sql.connect();
      }
      return (await sql.query(text, values)).rows as Row[];
    }

    return {
      broker,
      server,
      participants,
      sql: run,
      async promiser() {
        const channel = await broker.channel();
        for (const { name, arguments: args } of sagasTopology.queues)
          await channel.assertQueue(name, { durable: true, arguments: { ...args } });
        return (sagaId, definition, data) => {
          const content = Buffer.from(JSON.stringify({ saga_id: sagaId, definition, data }));
          channel.sendToQueue(sagaStartQueue, content, { messageId: randomUUID(), type: 'saga.start', persistent: true });
        };
      },
      async states() {
        const rows = await run<{ state: string; count: number }>('SELECT state, count(*)::int AS count FROM saga GROUP BY state');
        return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
      },
      async sagas(config = {}) {
        const metrics = createMetrics({ service: 'sagas', instanceId: 'test', processMetrics: false });
        const sagas = createSagas(
          {
            host: '127.0.0.1',
            port: 0,
            databaseUrl: server.url,
            database,
            amqpUrl: broker.url,
            secret: testSecret,
            production: false,
            timeScale,
            timerPollMs: 50,
            ...config,
          },
          { log: testLog(), metrics, health: createHealth() },
        );
        disposers.push(() => sagas.stop());
        await sagas.start();
        return { ...sagas, metrics };
      },
      async process(env = {}) {
        const child = fork(fileURLToPath(new URL('../main.ts', import.meta.url)), {
          env: {
            PATH: process.env.PATH,
            LOG_FORMAT: 'json',
            LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
            DATABASE_URL: server.url,
            DATABASE_PREFIX: server.prefix,
            AMQP_URL: broker.url,
            GATEWAY_SECRET: testSecret,
            SAGAS_PORT: '0',
            SAGAS_TIME_SCALE: String(timeScale),
            ...env,
          },
          execArgv: [],
          stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        });
        const ended = once(child, 'exit').then(([code, signal]) => (signal ?? code) as string | number | null);
        const kill = async () => {
          child.kill('SIGKILL');
          await ended;
        };
        disposers.push(kill);
        await Promise.race([once(child, 'message'), ended]);
        return { child, ended, kill };
      },
      [Symbol.asyncDispose]: disposeAll,
    };
  } catch (error) {
    await disposeAll();
    throw error;
  }
}

export const orderInput = {
  customerId: '1',
  lines: [
    { productId: '5', quantity: 1 },
    { productId: '1', quantity: 2 },
    { productId: '5', quantity: 1 },
  ],
  shippingAddress: '1 rue du Comptoir, Lyon',
  paymentMethod: 'card',
};

/** Starts the processing of an order and returns the saga's id. */
export async function startOrder(url: string, { input = {}, key }: { input?: object; key?: string } = {}): Promise<string> {
  const data = await askData(
    url,
    `mutation ($input: StartOrderProcessingInput!, $key: String) {
      startOrderProcessing(input: $input, idempotencyKey: $key) { ... on OrderProcessingStarted { saga { id } } }
    }`,
    { input: { ...orderInput, ...input }, key },
  );
  return data.startOrderProcessing.saga.id;
}

export const sagaFields = `id definition definitionVersion state error paused cancelRequested needsAttention version actions nextTimerAt endedAt duration
  order { id } customer { id }
  steps { step direction status attempts participant error duration startedAt endedAt }
  compensations { step status attempts error }
  events { number kind step state detail }`;

export async function readSaga(url: string, id: string): Promise<Data> {
  return (await askData(url, `query ($id: ID!) { saga(id: $id) { ${sagaFields} } }`, { id })).saga;
}

/** Waits until the saga is in that state, and returns it. */
export async function untilState(url: string, id: string, state: string, timeoutMs = 15_000): Promise<Data> {
  await expect
    .poll(async () => (await askData(url, 'query ($id: ID!) { saga(id: $id) { state } }', { id })).saga.state, {
      timeout: timeoutMs,
      interval: 25,
    })
    .toBe(state);
  return readSaga(url, id);
}

export async function operate(url: string, action: 'retrySaga' | 'cancelSaga' | 'pauseSaga' | 'resumeSaga', id: string): Promise<Data> {
  const data = await askData(
    url,
    `mutation ($id: ID!) { ${action}(id: $id) {
      __typename
      ... on SagaActionAccepted { saga { ${sagaFields} } }
      ... on SagaActionRefused { message saga { id state } }
      ... on NotFound { message }
    } }`,
    { id },
  );
  return data[action];
}
