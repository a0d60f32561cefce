import { buildSchema, parse } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { runSubscription } from './subscription.ts';

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
