import { setTimeout as delay } from 'node:timers/promises';
import { createTestBroker } from '@comptoir/platform/testing/broker.ts';
import { createTcpProxy, type TcpProxy } from '@comptoir/platform/testing/tcp-proxy.ts';
import { expect, test } from 'vitest';
import { until } from '../until.ts';
import { findViolations } from './invariants.ts';
import { logged } from './logged.ts';
import { size } from './size.ts';
import { startStack } from './stack.ts';

/** Between a service and the broker; the broker's own default makes it 10. */
const heartbeatSeconds = size({ small: 2, large: 10 });
const talkers = ['inventory', 'orders', 'sagas_1', 'sagas_2'];

interface Fault {
  readonly what: string;
  readonly lastsMs: number;
  /** Whether both connections of everybody have to be given up for it. */
  readonly isNoticed: boolean;
  readonly begin: (proxy: TcpProxy) => void;
  readonly end: (proxy: TcpProxy) => void;
}

const faults: readonly Fault[] = [
  {
    what: 'that is cut',
    lastsMs: size({ small: 5_000, large: 60_000 }),
    isNoticed: true,
    begin: (proxy) => proxy.cut(),
    end: (proxy) => proxy.mend(),
  },
  {
    what: 'of which nobody is told that it is cut',
    lastsMs: size({ small: 10_000, large: 60_000 }),
    isNoticed: true,
    begin: (proxy) => proxy.freeze(),
    end: (proxy) => proxy.thaw(),
  },
  {
    what: 'of 2 s there and back',
    lastsMs: size({ small: 10_000, large: 60_000 }),
    isNoticed: false,
    begin: (proxy) => proxy.slowDown({ latencyMs: 1_000 }),
    end: (proxy) => proxy.mend(),
  },
  {
    what: 'of 1 KB a second',
    lastsMs: size({ small: 10_000, large: 60_000 }),
    isNoticed: false,
    begin: (proxy) => proxy.slowDown({ bytesPerSecond: 1_024 }),
    end: (proxy) => proxy.mend(),
  },
];

test.each(faults)(
  'a line to the broker $what: orders are accepted meanwhile, and each is carried out once when it is mended (F12)',
  { timeout: 400_000 },
  async ({ lastsMs, isNoticed, begin, end }) => {
    const count = size({ small: 10, large: 60 });
    await using broker = await createTestBroker();
    await using proxy = await createTcpProxy(broker.url);
    await using stack = await startStack({ broker: { url: `${proxy.url}?heartbeat=${heartbeatSeconds}` }, timeScale: 10 });
    const orders = (many: number) => Promise.all(Array.from({ length: many }, () => stack.startOrder()));
    await orders(1);
    await stack.settle(60_000);
    const early = orders(count);
    begin(proxy);
    const since = Date.now();
    await Promise.all([early, orders(count)]);
    if (isNoticed) {
      const lost = () => talkers.filter((part) => !logged(stack, part, 'broker_state').some(({ state }) => state === 'connecting'));
      await until(
        async () => lost().length === 0,
        Math.max(0, since + 3 * heartbeatSeconds * 1_000 - Date.now()),
        () => `${lost().join(', ')} did not notice within three heartbeats. ${stack.trail}`,
      );
    }
    await delay(Math.max(0, since + lastsMs - Date.now()));
    end(proxy);
    await orders(1);
    await stack.settle(size({ small: 90_000, large: 180_000 }));
    expect(await stack.sql('sagas', 'SELECT state, count(*)::int AS count FROM saga GROUP BY state')).toEqual([
      { state: 'COMPLETED', count: 2 * count + 2 },
    ]);
    expect(stack.parts.filter((part) => !stack.isRunning(part))).toEqual([]);
    expect(await findViolations(stack)).toEqual([]);
  },
);
