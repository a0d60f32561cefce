import { buildSchema, type ExecutionResult, parse } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { runSubscription } from './subscription.ts';
import type { SubscriptionStart } from './subscription-start.ts';

const schema = buildSchema('type Query { a: Int } type Subscription { tick: Int }');
const document = parse('subscription { tick }');

function run(source: AsyncIterable<unknown> | (() => never)) {
  const opened: { n: number }[] = [];
  const closed: number[] = [];
  const signals: AbortSignal[] = [];
  const onEnd = vi.fn();
  const field = schema.getSubscriptionType()?.getFields().tick;
  if (!field) throw new Error('no field');
  field.subscribe = () => (typeof source === 'function' ? source() : source);
  const running = runSubscription(
    { schema, document },
    {
      async openContext(signal) {
        signals.push(signal);
        const context = { n: opened.length };
        opened.push(context);
        return context;
      },
      closeContext: async ({ n }) => void closed.push(n),
      onEnd,
    },
  );
  return { running, opened, closed, signals, onEnd };
}

async function stream(source: AsyncIterable<unknown>) {
  const test = run(source);
  const events = await test.running;
  if (!(Symbol.asyncIterator in events)) throw new Error('not a stream');
  return { ...test, events };
}

describe('a subscription', () => {
  it('ends when its source ends, with every context closed', async () => {
    const { events, opened, closed, onEnd, signals } = await stream(
      (async function* () {
        yield { tick: 1 };
        yield { tick: 2 };
      })(),
    );
    const ticks = [];
    for await (const { data } of events) ticks.push(data?.tick);
    expect(ticks).toEqual([1, 2]);
    expect(opened).toHaveLength(3);
    expect(closed.sort()).toEqual([0, 1, 2]);
    expect(onEnd).toHaveBeenCalledTimes(1);
    expect(signals[0]?.aborted).toBe(true);
  });

  it('is left at once while an async generator waits for its next event', async () => {
    const never = new Promise(() => undefined);
    const { events, signals, closed } = await stream(
      (async function* () {
        await never;
        yield { tick: 1 };
      })(),
    );
    const pending = events.next();
    await expect(events.return(undefined)).resolves.toEqual({ done: true, value: undefined });
    await expect(pending).resolves.toEqual({ done: true, value: undefined });
    await expect(events.next()).resolves.toEqual({ done: true, value: undefined });
    expect(signals[0]?.aborted).toBe(true);
    expect(closed).toEqual([0]);
  });

  it('passes on an error of its source and is over', async () => {
    const { events, onEnd } = await stream(
      // biome-ignore lint/correctness/useYield: the source fails before its first event.
      (async function* () {
        throw new Error('lost');
      })(),
    );
    await expect(events.next()).rejects.toThrow('lost');
    await expect(events.next()).resolves.toEqual({ done: true, value: undefined });
    expect(onEnd).toHaveBeenCalledTimes(1);
  });

  it('that cannot begin answers the errors and closes its context', async () => {
    const { running, closed, onEnd } = run(() => {
      throw new Error('no');
    });
    expect(await running).toMatchObject({ errors: [{ message: 'no' }] });
    expect(closed).toEqual([0]);
    expect(onEnd).not.toHaveBeenCalled();
  });

  it('ends once, however often it is left', async () => {
    const { events, onEnd } = await stream({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }) });
    await Promise.all([events.return(undefined), events.return(undefined)]);
    expect(onEnd).toHaveBeenCalledTimes(1);
  });
});

describe('a subscription with cursors', () => {
  const field = schema.getSubscriptionType()?.getFields().tick;
  if (!field) throw new Error('no field');

  async function follow(cursor: string | null | undefined, subscribe: (start: SubscriptionStart) => AsyncIterable<unknown>, takes = true) {
    field!.subscribe = (_source: unknown, _args: unknown, { takeStart }: { takeStart: () => SubscriptionStart }) =>
      subscribe(takes ? takeStart() : { after: null, caughtUp: () => undefined });
    return runSubscription(
      { schema, document },
      { cursor, openContext: async (_signal, takeStart) => ({ takeStart }), closeContext: async () => undefined },
    );
  }
  async function* ticks(start: SubscriptionStart) {
    yield { tick: 1, cursor: 'c1' };
    start.caughtUp('c2');
    yield { tick: 3, cursor: 'c3' };
  }
  const all = async (events: Awaited<ReturnType<typeof follow>>) => {
    const results = [];
    for await (const result of events as AsyncIterable<ExecutionResult>)
      results.push({ ...result, data: result.data && { ...result.data } });
    return results;
  };

  it('tells with each event where it stands, and once that it is live', async () => {
    expect(await all(await follow(null, ticks))).toEqual([
      { data: { tick: 1 }, extensions: { cursor: 'c1' } },
      { extensions: { cursor: 'c2' } },
      { data: { tick: 3 }, extensions: { cursor: 'c3' } },
    ]);
  });

  it('is plain GraphQL for who does not ask for them', async () => {
    expect(await all(await follow(undefined, ticks))).toEqual([{ data: { tick: 1 } }, { data: { tick: 3 } }]);
  });

  it('tells that it is live while the source is quiet, and then the event it waited for', async () => {
    const next = Promise.withResolvers<void>();
    const events = await follow(null, async function* (start) {
      setImmediate(() => start.caughtUp('here'));
      await next.promise;
      yield { tick: 9, cursor: 'c9' };
    });
    const stream = events as AsyncGenerator<ExecutionResult>;
    expect((await stream.next()).value).toEqual({ extensions: { cursor: 'here' } });
    next.resolve();
    expect((await stream.next()).value).toMatchObject({ data: { tick: 9 } });
  });

  it('hands the source the cursor, and refuses to begin anew where the source does not take it', async () => {
    const seen: (string | null)[] = [];
    await follow('c7', (start) => {
      seen.push(start.after);
      return ticks(start);
    });
    expect(seen).toEqual(['c7']);
    expect(await follow('c7', ticks, false)).toMatchObject({ errors: [{ extensions: { code: 'CURSOR_EXPIRED' } }] });
  });
});
