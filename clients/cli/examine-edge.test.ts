import { expect, test } from 'vitest';
import { type EdgeReport, findingsOf } from './examine-edge.ts';

const calm: EdgeReport = {
  instance: 'gateway-1',
  version: 'a7682c22c053',
  upstreams: [{ service: 'inventory', state: 'closed', failures: 0, instances: [{ url: 'http://one/graphql', healthy: true }] }],
  cache: { kind: 'redis', enabled: true, hitRatio: 0.97, keys: 36 },
  consumers: [{ consumerId: 'demo-till', consumer: 'caisse', perMinute: 100, usedMinute: 12, perHour: 1_000, usedHour: 230 }],
  subscriptions: { subscriptions: 14, upstreams: 3 },
};
const amiss = (report: EdgeReport) =>
  [...findingsOf(report)].filter(({ state }) => state !== 'ok').map(({ subject, state, says }) => [subject, state, says]);

test('a calm edge has nothing amiss', () => {
  expect(amiss(calm)).toEqual([]);
  expect([...findingsOf(calm)].map(({ subject }) => subject)).toEqual(['edge', 'breakers', 'cache', 'subscriptions']);
});

test('what is away, and who is about to be refused, is named', () => {
  const upstreams: EdgeReport['upstreams'] = [
    { service: 'orders', state: 'open', failures: 5, instances: [{ url: 'http://two/graphql', healthy: false }] },
    {
      service: 'compute',
      state: 'closed',
      failures: 0,
      instances: [
        { url: 'http://a/', healthy: true },
        { url: 'http://b/', healthy: false },
      ],
    },
  ];
  const consumers = [{ consumerId: 'demo-till', consumer: 'caisse', perMinute: 100, usedMinute: 90, perHour: 1_000, usedHour: 899 }];
  expect(amiss({ ...calm, upstreams, consumers, cache: { ...calm.cache, enabled: false } })).toEqual([
    ['breaker orders', 'fault', 'not asked any more, 5 failures of late, away: http://two/graphql'],
    ['breaker compute', 'warning', 'asked, away: http://b/'],
    ['cache', 'warning', 'switched off'],
    ['limit of caisse (demo-till)', 'warning', '90 of 100 requests this minute'],
  ]);
});
