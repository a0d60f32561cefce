import type { BreakerState } from '@comptoir/schema/edge-report.ts';
import { expect, test } from 'vitest';
import { createBalancer } from './balancer.ts';
import type { Instance } from './instance.ts';

interface Fake {
  inFlight: number;
  healthy: boolean;
  state: BreakerState;
  trial: boolean;
}

function setUp(count: number) {
  const fakes = Array.from({ length: count }, (): Fake => ({ inFlight: 0, healthy: true, state: 'closed', trial: false }));
  const instances = fakes.map(
    (fake) =>
      ({
        get inFlight() {
          return fake.inFlight;
        },
        isHealthy: () => fake.healthy,
        breaker: { state: () => fake.state, allows: () => fake.state === 'closed' || (fake.state === 'half-open' && !fake.trial) },
      }) as unknown as Instance,
  );
  const balancer = createBalancer(instances);
  const pick = (options: { repeatable?: boolean; not?: number[] } = {}) => {
    const not = options.not && new Set(options.not.map((index) => instances[index]!));
    const instance = balancer.pick({ repeatable: options.repeatable ?? true, not });
    return instance && instances.indexOf(instance);
  };
  return { fakes: fakes as [Fake, Fake, Fake], pick };
}

test('instances that do as well take turns; one with less to do comes first', () => {
  const { fakes, pick } = setUp(3);
  expect([pick(), pick(), pick(), pick()].sort()).toEqual([0, 0, 1, 2]);
  fakes[0].inFlight = fakes[1].inFlight = 2;
  fakes[2].inFlight = 1;
  expect([pick(), pick(), pick()]).toEqual([2, 2, 2]);
});

test('one that is not well, or whose breaker is open, is left alone', () => {
  const { fakes, pick } = setUp(3);
  fakes[0].healthy = false;
  fakes[1].state = 'open';
  expect([pick(), pick(), pick()]).toEqual([2, 2, 2]);
});

test('where none is known to be well any is better than none, but not one whose breaker is open', () => {
  const { fakes, pick } = setUp(3);
  for (const fake of fakes) fake.healthy = false;
  fakes[0].state = 'open';
  expect(new Set([pick(), pick(), pick()])).toEqual(new Set([1, 2]));
  fakes[1].state = fakes[2].state = 'open';
  expect(pick()).toBeNull();
});

test('the trial of one that was left alone is made by a request that may be repeated, once at a time', () => {
  const { fakes, pick } = setUp(3);
  fakes[1].state = 'half-open';
  expect([pick(), pick()]).toEqual([1, 1]);
  expect([pick({ repeatable: false }), pick({ repeatable: false }), pick({ repeatable: false })]).not.toContain(1);
  fakes[1].trial = true;
  expect([pick(), pick(), pick()]).not.toContain(1);
});

test('a request that is made again goes to an instance that it was not made of before, as long as there is one', () => {
  const { fakes, pick } = setUp(3);
  expect([pick({ not: [0, 1] }), pick({ not: [0, 1] })]).toEqual([2, 2]);
  fakes[2].healthy = false;
  expect(pick({ not: [0, 1] })).toBe(2);
  expect(pick({ not: [0, 1, 2] })).not.toBeNull();
});

test('a single instance is asked whether it is known to be well or not', () => {
  const { fakes, pick } = setUp(1);
  fakes[0].healthy = false;
  expect([pick(), pick({ not: [0] })]).toEqual([0, 0]);
  fakes[0].state = 'open';
  expect(pick()).toBeNull();
});
