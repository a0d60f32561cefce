import type { ConsumerUsage, EdgeReport, UpstreamReport } from '@comptoir/schema/edge-report.ts';
import type { Finding } from './examination.ts';
import type { GatewayAddress } from './gateway-client.ts';

const timeoutMs = 5_000;
/** A consumer that has used so much of its limit will soon be refused. */
const closeToLimit = 0.9;

/** What the gateway knows of itself, for an administrator. */
export async function* examineEdge({ url, credential }: GatewayAddress): AsyncGenerator<Finding> {
  const shown = await credential.current();
  let report: EdgeReport;
  try {
    const response = await fetch(new URL('/api/edge', url), {
      headers: { accept: 'application/json', ...(shown ? { 'x-api-key': shown } : {}) },
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new Error(`/api/edge answers ${response.status}`);
    report = (await response.json()) as EdgeReport;
  } catch (error) {
    yield { subject: 'edge', state: 'warning', says: (error as Error).message, remedy: 'See the log of the gateway.' };
    return;
  }
  yield* findingsOf(report);
}

export function* findingsOf({ instance, version, upstreams, cache, consumers, subscriptions }: EdgeReport): Generator<Finding> {
  yield { subject: 'edge', state: 'ok', says: `${instance}, supergraph ${version}` };
  yield* upstreams.flatMap(breakerFindings);
  if (upstreams.every(isWell)) yield { subject: 'breakers', state: 'ok', says: `${upstreams.length} services, all of them asked` };
  const figures = `${cache.kind}, ${Math.round(cache.hitRatio * 100)} % hits, ${cache.keys} kept`;
  yield cache.enabled
    ? { subject: 'cache', state: 'ok', says: figures }
    : { subject: 'cache', state: 'warning', says: 'switched off', remedy: 'CACHE=on switches it on.' };
  yield* consumers.flatMap(limitFindings);
  yield {
    subject: 'subscriptions',
    state: 'ok',
    says: `${subscriptions.subscriptions} of clients, by ${subscriptions.upstreams} at subgraphs`,
  };
}

const isWell = ({ state, instances }: UpstreamReport) => state === 'closed' && instances.every(({ healthy }) => healthy);

function breakerFindings(upstream: UpstreamReport): Finding[] {
  if (isWell(upstream)) return [];
  const { service, state, failures, instances } = upstream;
  const away = instances.filter(({ healthy }) => !healthy).map(({ url }) => url);
  const says = [
    { closed: 'asked', open: 'not asked any more', 'half-open': 'being tried again' }[state],
    failures > 0 && `${failures} failures of late`,
    away.length > 0 && `away: ${away.join(', ')}`,
  ];
  return [
    {
      subject: `breaker ${service}`,
      state: state === 'open' ? 'fault' : 'warning',
      says: says.filter(Boolean).join(', '),
      remedy: `See the log of ${service}; it is tried again by itself.`,
    },
  ];
}

function limitFindings({ consumerId, consumer, perMinute, usedMinute, perHour, usedHour }: ConsumerUsage): Finding[] {
  const used = [
    { used: usedMinute, of: perMinute, window: 'minute' },
    { used: usedHour, of: perHour, window: 'hour' },
  ].filter(({ used, of }) => used >= of * closeToLimit);
  return used.map((each) => ({
    subject: `limit of ${consumer} (${consumerId})`,
    state: 'warning',
    says: `${each.used} of ${each.of} requests this ${each.window}`,
    remedy: 'It asks too often, or its limit is too low for what it does.',
  }));
}
