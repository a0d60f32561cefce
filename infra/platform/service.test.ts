import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLifecycle } from './lifecycle.ts';
import { createLog } from './log.ts';
import { createServiceGroup, type Runtime, runService, type Service } from './service.ts';

const log = createLog({ service: 'test', level: 'silent' });

/** The edge of a process: events in, exit and signals out. */
class FakeProcess extends EventEmitter {
  readonly pid = 1;
  connected: boolean | undefined;
  readonly exit = vi.fn() as unknown as Runtime['exit'];
  readonly kill = vi.fn() as unknown as Runtime['kill'];
  readonly send = vi.fn() as unknown as NonNullable<Runtime['send']>;
}

function serviceOf(steps: Partial<Pick<Service, 'start' | 'stop'>> = {}, name = 'test') {
  return { name, start: vi.fn(steps.start ?? (async () => undefined)), stop: vi.fn(steps.stop ?? (async () => undefined)) };
}

function run(service: Service) {
  const runtime = new FakeProcess();
  return { runtime, running: runService(service, { log, runtime: runtime as unknown as Runtime }) };
}

const forever = () => new Promise<void>(() => undefined);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('runService', () => {
  it('tells its parent when the service has started', async () => {
    const { runtime, running } = run(serviceOf());
    await running;
    expect(runtime.send).toHaveBeenCalledWith({ type: 'ready' });
    expect(runtime.exit).not.toHaveBeenCalled();
  });

  it.each([
    ['SIGTERM', ['SIGTERM', 'SIGTERM']],
    ['SIGINT', ['SIGINT', 'SIGINT']],
    ['the message shutdown', ['message', { type: 'shutdown' }]],
    ['a parent that is gone', ['disconnect']],
  ] as const)('stops the service in order on %s and ends with 0', async (_what, [event, ...args]) => {
    const service = serviceOf();
    const { runtime, running } = run(service);
    await running;
    runtime.emit(event, ...args);
    await vi.waitFor(() => expect(runtime.exit).toHaveBeenCalledWith(0));
    expect(service.stop).toHaveBeenCalledTimes(1);
  });

  it('is not ready any more for a while before it stops, so that nobody is sent to it when it does', async () => {
    const service = serviceOf();
    const runtime = new FakeProcess();
    const health = { stopping: vi.fn(), left: vi.fn() };
    await runService(service, { log, runtime: runtime as unknown as Runtime, health, stopLeadMs: 5_000 });
    runtime.emit('SIGTERM', 'SIGTERM');
    expect(health.stopping).toHaveBeenCalledOnce();
    expect(health.left).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(4_999);
    expect(service.stop).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(health.left).toHaveBeenCalledOnce();
    expect(service.stop).toHaveBeenCalledOnce();
    expect(runtime.exit).toHaveBeenCalledWith(0);
  });

  it('does not start where its parent was gone before', async () => {
    const service = serviceOf();
    const runtime = Object.assign(new FakeProcess(), { connected: false });
    await runService(service, { log, runtime: runtime as unknown as Runtime });
    expect(service.start).not.toHaveBeenCalled();
    expect(runtime.exit).toHaveBeenCalledWith(0);
  });

  it('takes a signal right after the first for the same one, and a later one for impatience', async () => {
    const { runtime, running } = run(serviceOf({ stop: forever }));
    await running;
    runtime.emit('SIGINT', 'SIGINT');
    runtime.emit('SIGTERM', 'SIGTERM');
    expect(runtime.kill).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(500);
    runtime.emit('SIGINT', 'SIGINT');
    expect(runtime.kill).toHaveBeenCalledWith(1, 'SIGINT');
    expect(runtime.listenerCount('SIGINT')).toBe(0);
  });

  it('ends with 1 when stopping takes longer than 10 seconds', async () => {
    const { runtime, running } = run(serviceOf({ stop: forever }));
    await running;
    runtime.emit('SIGTERM', 'SIGTERM');
    await vi.advanceTimersByTimeAsync(9_999);
    expect(runtime.exit).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(runtime.exit).toHaveBeenCalledWith(1);
  });

  it('ends with 1, in order, when it could not start', async () => {
    const service = serviceOf({ start: () => Promise.reject(new Error('port taken')) });
    const { runtime, running } = run(service);
    await running;
    expect(service.stop).toHaveBeenCalledTimes(1);
    expect(runtime.exit).toHaveBeenCalledWith(1);
    expect(runtime.send).not.toHaveBeenCalled();
  });

  it.each(['uncaughtException', 'unhandledRejection'])('ends with 1, in order, on %s', async (event) => {
    const service = serviceOf();
    const { runtime, running } = run(service);
    await running;
    runtime.emit(event, new Error('nobody caught this'));
    await vi.waitFor(() => expect(runtime.exit).toHaveBeenCalledWith(1));
    expect(service.stop).toHaveBeenCalledTimes(1);
  });
});

describe('a service group', () => {
  it('starts in order and stops in reverse', async () => {
    const order: string[] = [];
    const part = (name: string) =>
      serviceOf({ start: async () => void order.push(`start ${name}`), stop: async () => void order.push(`stop ${name}`) }, name);
    const group = createServiceGroup('group', [part('a'), part('b')]);
    await group.start();
    await group.stop();
    expect(order).toEqual(['start a', 'start b', 'stop b', 'stop a']);
  });

  it('stops what it began when a part cannot start', async () => {
    const parts = [serviceOf(), serviceOf({ start: () => Promise.reject(new Error('no')) }), serviceOf()];
    await expect(createServiceGroup('group', parts).start()).rejects.toThrow('no');
    expect(parts.map(({ start, stop }) => [start.mock.calls.length, stop.mock.calls.length])).toEqual([
      [1, 1],
      [1, 1],
      [0, 0],
    ]);
  });

  it('stops every part although one fails to, and says so', async () => {
    const parts = [serviceOf(), serviceOf({ stop: () => Promise.reject(new Error('stuck')) }, 'b')];
    const group = createServiceGroup('group', parts);
    await group.start();
    await expect(group.stop()).rejects.toThrow('b did not stop in order');
    expect(parts[0]?.stop).toHaveBeenCalledTimes(1);
  });
});

describe('a lifecycle', () => {
  it('shares the start and the stop in flight', async () => {
    const steps = { start: vi.fn(async () => undefined), stop: vi.fn(async () => undefined) };
    const lifecycle = createLifecycle(steps);
    expect(lifecycle.start()).toBe(lifecycle.start());
    expect(lifecycle.stop()).toBe(lifecycle.stop());
    await lifecycle.stop();
    expect([steps.start.mock.calls.length, steps.stop.mock.calls.length, lifecycle.state()]).toEqual([1, 1, 'stopped']);
  });

  it('tells a start in flight to give up when it is stopped', async () => {
    const stop = vi.fn(async () => undefined);
    const lifecycle = createLifecycle({
      start: (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('given up')))),
      stop,
    });
    const starting = lifecycle.start();
    await Promise.all([expect(starting).rejects.toThrow('given up'), lifecycle.stop()]);
    expect(stop).toHaveBeenCalledTimes(1);
  });

  it('does nothing when what never started is stopped, and cannot be started then', async () => {
    const steps = { start: vi.fn(async () => undefined), stop: vi.fn(async () => undefined) };
    const lifecycle = createLifecycle(steps);
    await lifecycle.stop();
    await expect(lifecycle.start()).rejects.toThrow('cannot be started again');
    expect(steps.stop).not.toHaveBeenCalled();
  });
});
