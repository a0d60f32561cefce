import type { Credential } from './credential.ts';
import { examineEdge } from './examine-edge.ts';
import { GatewayError } from './failure.ts';
import { createGatewayClient, type GatewayAddress, type GatewayClient } from './gateway-client.ts';
import { ComputeStatsDocument, DoctorDocument, type DoctorQuery } from './generated/operations.ts';

const probeTimeoutMs = 5_000;

export interface Finding {
  readonly subject: string;
  readonly state: 'ok' | 'warning' | 'fault';
  readonly says: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** Tests the gateway, its parts, the key, the live feed, the broker and the workers, for an administrator also the edge, in this order; stops where nothing behind can be tested. */
export async function* examine(address: GatewayAddress): AsyncGenerator<Finding> {
  const alive = await examineGateway(address.url);
  yield alive;
  if (alive.state === 'fault') return;
  yield* examineParts(address.url);
  const gateway = createGatewayClient(address);
  try {
    const asked = await ask(gateway, address.credential);
    yield asked.finding;
    yield await examineFeed(gateway);
    if (!asked.answer) return;
    yield* examineCalculations(asked.answer);
    const { me } = asked.answer;
    if (me === null || me.roles.includes('ADMIN')) yield* examineEdge(address);
  } finally {
    await gateway.close();
  }
}

async function examineGateway(url: URL): Promise<Finding> {
  const subject = 'gateway';
  try {
    const startedAt = performance.now();
    const { ok, status } = await fetch(new URL('/health/live', url), { signal: AbortSignal.timeout(probeTimeoutMs) });
    if (ok) return { subject, state: 'ok', says: `${url.origin} answers in ${Math.round(performance.now() - startedAt)} ms` };
    return { subject, state: 'fault', says: `${url.origin} answers ${status}`, remedy: 'See its log; restart it with npm start.' };
  } catch (error) {
    const reason = ((error as Error).cause as Error | undefined)?.message || (error as Error).message;
    return {
      subject,
      state: 'fault',
      says: `nothing answers at ${url.origin} (${reason})`,
      remedy: 'Start it with npm start, or name another one with --url.',
    };
  }
}

interface Readiness {
  readonly dependencies?: Record<string, { state: 'up' | 'down' | 'degraded'; detail?: string; latencyMs?: number; critical?: boolean }>;
}

async function* examineParts(url: URL): AsyncGenerator<Finding> {
  const response = await fetch(new URL('/health/ready', url), { signal: AbortSignal.timeout(probeTimeoutMs) });
  if (response.status === 429) {
    const remedy = `Ask again in ${response.headers.get('retry-after') ?? 60} s.`;
    yield { subject: 'readiness', state: 'warning', says: 'the probe was asked too often from this address', remedy };
    return;
  }
  const { dependencies = {} } = (await response.json()) as Readiness;
  for (const [subject, { state, detail, latencyMs, critical }] of Object.entries(dependencies)) {
    const says = [state, detail, latencyMs === undefined ? undefined : `${Math.round(latencyMs)} ms`].filter(Boolean).join(', ');
    if (state === 'up') yield { subject, state: 'ok', says };
    else yield { subject, state: critical ? 'fault' : 'warning', says, remedy: `See the log of ${subject}; npm start brings it back.` };
  }
  if (!response.ok)
    yield { subject: 'readiness', state: 'fault', says: `/health/ready answers ${response.status}`, remedy: 'The parts above say why.' };
}

async function ask(gateway: GatewayClient, { kind }: Credential): Promise<{ finding: Finding; answer?: DoctorQuery }> {
  const subject = kind === 'login' ? 'login' : 'key';
  try {
    const answer = await gateway.request(DoctorDocument, {});
    const says = answer.me ? `${answer.me.name}, ${answer.me.roles.join(', ')}` : 'none needed';
    return { finding: { subject, state: 'ok', says }, answer };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const remedy = error.hint ?? 'Give a valid key with --key or COMPTOIR_API_KEY.';
    return { finding: { subject, state: 'fault', says: kind === 'none' ? `no key given: ${error.message}` : error.message, remedy } };
  }
}

/** Waits for the snapshot that this subscription begins with. */
async function examineFeed(gateway: GatewayClient): Promise<Finding> {
  const subject = 'live feed';
  const startedAt = performance.now();
  try {
    for await (const _ of gateway.subscribe(ComputeStatsDocument, {}, { signal: AbortSignal.timeout(probeTimeoutMs) })) {
      return { subject, state: 'ok', says: `first event after ${Math.round(performance.now() - startedAt)} ms` };
    }
    return {
      subject,
      state: 'fault',
      says: `no event within ${probeTimeoutMs / 1000} s`,
      remedy: 'See the logs of the gateway and of compute.',
    };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return { subject, state: 'fault', says: error.message, remedy: 'A proxy in between must pass WebSockets on /graphql.' };
  }
}

function* examineCalculations({ queues: report, workers }: DoctorQuery): Generator<Finding> {
  yield report.reachable
    ? { subject: 'broker', state: 'ok', says: report.broker ?? 'reachable' }
    : {
        subject: 'broker',
        state: 'fault',
        says: 'compute cannot reach it',
        remedy: 'Tasks wait in the database. Start the broker, or mend AMQP_URL.',
      };
  for (const { name, ready, unacked, consumers } of report.queues) {
    const says = `${ready} ready, ${unacked} in work, ${consumers} consumer${consumers === 1 ? '' : 's'}`;
    if (consumers > 0) yield { subject: name, state: 'ok', says };
    else
      yield {
        subject: name,
        state: 'fault',
        says,
        remedy: name === 'result_queue' ? 'compute is not running.' : 'No worker serves it; npm start brings one.',
      };
  }
  const present = workers.filter(({ state }) => state !== 'GONE');
  yield {
    subject: 'workers',
    state: present.length > 0 ? 'ok' : 'fault',
    says: present.map(({ id }) => id).join(', ') || 'none',
    remedy: present.length > 0 ? undefined : 'npm start brings them.',
  };
}
