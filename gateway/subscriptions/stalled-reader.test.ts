import { composeServices } from '@apollo/composition';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { testLog } from '@comptoir/platform/testing/log.ts';
import { type ExecutionResult, type GraphQLError, parse } from 'graphql';
import { expect, test } from 'vitest';
import { anonymousCaller } from '../auth/caller.ts';
import { createGatewayMetrics } from '../metrics.ts';
import { buildSupergraph } from '../supergraph/supergraph.ts';
import type { Outlet, Told } from './client-queue.ts';
import { createSubscriptionEngine } from './engine.ts';
import { foldOperation } from './fold.ts';
import { planSubscription } from './plan.ts';
import type { Sink } from './topic.ts';

const sdl = `
extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@composeDirective"])
  @link(url: "https://comptoir.example/snapshot/v1.0", import: ["@snapshot"])
  @composeDirective(name: "@snapshot")
directive @snapshot on FIELD_DEFINITION
type Tick { n: Int! text: String! }
type Query { a: Int }
type Subscription { ticks: Tick! state: Tick! @snapshot }
`;

/** An engine whose subgraph is the test. */
function setUp(field: 'ticks' | 'state') {
  const composed = composeServices([{ name: 'ticking', url: 'http://127.0.0.1:1', typeDefs: parse(sdl) }]);
  const supergraph = buildSupergraph(composed.supergraphSdl!);
  const document = parse(`subscription { ${field} { n text } }`);
  const plan = planSubscription(foldOperation(document, document.definitions[0] as never, {}), supergraph);
  let sink: Sink<ExecutionResult> | undefined;
  /** After which cursors the subgraph was asked. */
  const asked: (string | null)[] = [];
  const engine = createSubscriptionEngine(
    { scope: 'roles', maxPerConsumer: 10, secret: 'a secret that only tests know' },
    {
      generation: () => ({ supergraph, sources: new Map() }),
      upstreams: {
        subscribe(_service, _rights, { after }, started) {
          asked.push(after);
          sink = started;
          return () => undefined;
        },
        follow: () => undefined,
        stop: async () => undefined,
      },
      metrics: createGatewayMetrics(createMetrics({ service: 'gateway', instanceId: 'test', processMetrics: false })),
      log: testLog(),
      formatError: (formatted) => formatted,
    },
  );
  const text = 'x'.repeat(300);
  let happened = 0;
  return {
    engine,
    begin: (outlet: Outlet, after: string | null = null) =>
      engine.subscribe({ plan, variables: {}, caller: anonymousCaller, transport: 'websocket', outlet, after }),
    tell() {
      const n = ++happened;
      sink?.next({ cursor: String(n), value: { data: { [field]: { n, text } } } });
    },
    complete: () => sink?.complete(),
    asked,
  };
}

/** A client whose connection takes no more from the first result on, until it is told to. */
function client(reads: boolean) {
  const failures: GraphQLError[] = [];
  const state = { reads, ended: false, numbers: [] as number[], cursor: null as string | null, failures };
  const outlet: Outlet = {
    write({ text, cursor }: Told) {
      const { data } = JSON.parse(text);
      state.numbers.push((data.ticks ?? data.state).n);
      state.cursor = cursor ?? null;
      return state.reads;
    },
    mark: () => undefined,
    end() {
      state.ended = true;
    },
    fail: (error) => void failures.push(error),
  };
  return { state, outlet };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
/** Sixty seconds of a thousand events a second. */
const events = 60_000;
const megabyte = 1024 * 1024;

test('a reader that stalls for 60,000 events costs less than 20 MB, is let go and can come back to where it was, and the others notice nothing', async () => {
  const { engine, begin, tell, asked } = setUp('ticks');
  const [quick, slow] = [client(true), client(false)];
  begin(quick.outlet);
  begin(slow.outlet);
  let most = 0;
  while (quick.state.numbers.length < events) {
    for (let each = 0; each < 500; each++) tell();
    const wanted = quick.state.numbers.length + 500;
    while (quick.state.numbers.length < wanted) await turn();
    const { waitingBytes, keptBytes } = engine.report();
    most = Math.max(most, waitingBytes + keptBytes);
  }
  expect(quick.state.numbers).toEqual(Array.from({ length: events }, (_, index) => index + 1));
  expect(most).toBeGreaterThan(megabyte);
  // Two bytes a character at most.
  expect(most * 2).toBeLessThan(20 * megabyte);
  expect(slow.state.numbers).toEqual([1]);
  expect(slow.state.failures).toMatchObject([{ extensions: { code: 'SLOW_CONSUMER', cursor: slow.state.cursor } }]);
  const { cursor } = slow.state;
  expect(engine.report()).toMatchObject({ subscriptions: 1, groups: 1, upstreams: 1, waitingBytes: 0 });
  begin(slow.outlet, cursor);
  expect(asked).toEqual([null, '1']);
}, 180_000);

test('of a state a reader that stalls holds one, and gets the last one before the end', async () => {
  const { engine, begin, tell, complete } = setUp('state');
  const [quick, slow] = [client(true), client(false)];
  begin(quick.outlet);
  const subscription = begin(slow.outlet);
  for (let round = 0; round < 100; round++) {
    for (let each = 0; each < 10; each++) tell();
    while (quick.state.numbers.at(-1) !== (round + 1) * 10) await turn();
    expect(engine.report().waitingBytes).toBeLessThan(1_000);
  }
  complete();
  await turn();
  expect([quick.state.ended, slow.state.ended]).toEqual([true, false]);
  slow.state.reads = true;
  subscription.drained();
  expect(slow.state.numbers).toEqual([1, 1_000]);
  expect(slow.state.ended).toBe(true);
});
