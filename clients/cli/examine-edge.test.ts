import type { EdgeReport, InstanceReport } from '@comptoir/schema/edge-report.ts';
import { expect, test } from 'vitest';
import { findingsOf } from './examine-edge.ts';

const instance = (url: string, healthy = true): InstanceReport => ({ url, healthy, state: 'closed', inFlight: 0 });
const till = {
  consumerId: 'demo-till',
  consumer: 'caisse',
  perMinute: 100,
  usedMinute: 12,
  perHour: 1_000,
  usedHour: 230,
  resetMs: 9_000,
  refused: 0,
};

const calm: EdgeReport = {
  instance: 'gateway-1',
  version: 'a7682c22c053',
  upstreams: [{ service: 'inventory', state: 'closed', failures: 0, instances: [instance('http://one/graphql')] }],
  cache: { kind: 'redis', enabled: true, hits: 97, misses: 3, hitRatio: 0.97, keys: 36, memoryUsedBytes: 90_000, connectedClients: 2 },
  consumers: [till],
  subscriptions: { subscriptions: 14, groups: 5, upstreams: 3, consumers: 4, keptBytes: 0, waitingBytes: 0 },
};
const amiss = (report: EdgeReport) =>
  [...findingsOf(report)].filter(({ state }) => state !== 'ok').map(({ subject, state, says }) => [subject, state, says]);

test('a calm edge has nothing amiss', () => {
  expect(amiss(calm)).toEqual([]);
  expect([...findingsOf(calm)].map(({ subject }) => subject)).toEqual(['edge', 'breakers', 'cache', 'subscriptions']);
});

test('what is away, and who is about to be refused, is named', () => {
  const upstreams: EdgeReport['upstreams'] = [
    { service: 'orders', state: 'open', failures: 5, instances: [instance('http://two/graphql', false)] },
    {
      service: 'compute',
      state: 'closed',
      failures: 0,
      instances: [instance('http://a/'), instance('http://b/', false)],
    },
  ];
  const consumers = [{ ...till, usedMinute: 90, usedHour: 899 }];
  expect(amiss({ ...calm, upstreams, consumers, cache: { ...calm.cache, enabled: false } })).toEqual([
    ['breaker orders', 'fault', 'not asked any more, 5 failures of late, away: http://two/graphql'],
    ['breaker compute', 'warning', 'asked, away: http://b/'],
    ['cache', 'warning', 'switched off'],
    ['limit of caisse (demo-till)', 'warning', '90 of 100 requests this minute'],
  ]);
});
