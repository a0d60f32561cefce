import type { BreakerState } from '@comptoir/schema/edge-report.ts';
import { expect, test } from 'vitest';
import { createBreaker, type Verdict } from './breaker.ts';

const config = { windowMs: 10_000, minVolume: 10, failureRate: 0.5, openMs: 1_000, maxOpenMs: 4_000 };

function setUp() {
  let now = 0;
  const changes: BreakerState[] = [];
  const breaker = createBreaker(config, (state) => changes.push(state), () => now); // biome-ignore format: one line
  const request = (verdict: Verdict) => breaker.begin()(verdict);
  const requests = (times: number, verdict: Verdict) => {
    for (let time = 0; time < times; time++) request(verdict);
  };
  const pass = (ms: number) => {
    now += ms;
  };
  return { breaker, changes, request, requests, pass };
}

test('it opens at the failure rate, and not before there were enough requests to tell', () => {
  const { breaker, requests } = setUp();
  requests(9, 'failed');
  expect(breaker.state()).toBe('closed');
  requests(1, 'failed');
  expect([breaker.state(), breaker.allows(), breaker.failures()]).toEqual(['open', false, 10]);
  expect(breaker.retryAfterMs()).toBeGreaterThanOrEqual(1_000);
});

test('failures below the rate leave it closed, and so do any number of requests that tell nothing', () => {
  const { breaker, requests } = setUp();
  requests(60, 'ok');
  requests(40, 'failed');
  requests(1_000, 'neutral');
  expect(breaker.state()).toBe('closed');
});

test('what is older than the window does not count', () => {
  const { breaker, requests, pass } = setUp();
  requests(9, 'failed');
  pass(11_000);
  requests(9, 'failed');
  expect([breaker.state(), breaker.failures()]).toEqual(['closed', 9]);
});

test('after a while one request at a time may try; when it succeeds all may', () => {
  const { breaker, changes, requests, pass } = setUp();
  requests(10, 'failed');
  pass(1_200);
  expect([breaker.state(), breaker.allows(), breaker.retryAfterMs()]).toEqual(['half-open', true, 0]);
  const end = breaker.begin();
  expect(breaker.allows()).toBe(false);
  end('ok');
  expect([breaker.state(), breaker.allows(), breaker.failures()]).toEqual(['closed', true, 0]);
  expect(changes).toEqual(['open', 'half-open', 'closed']);
});

test('a trial that fails opens it for twice as long, up to a bound; one that tells nothing leaves the next to try', () => {
  const { breaker, request, requests, pass } = setUp();
  requests(10, 'failed');
  for (const openMs of [2_000, 4_000, 4_000]) {
    pass(5_000);
    request('neutral');
    expect(breaker.allows()).toBe(true);
    request('failed');
    pass(openMs - 1);
    expect(breaker.state()).toBe('open');
    pass(openMs * 0.2 + 1);
    expect(breaker.state()).toBe('half-open');
  }
});

test('what was asked before it opened says nothing of how things are when it is half-open', () => {
  const { breaker, requests, pass } = setUp();
  const [early, late] = [breaker.begin(), breaker.begin()];
  requests(10, 'failed');
  early('ok');
  expect(breaker.state()).toBe('open');
  pass(1_200);
  expect(breaker.state()).toBe('half-open');
  late('failed');
  expect(breaker.state()).toBe('half-open');
});
