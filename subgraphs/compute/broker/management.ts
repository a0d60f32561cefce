import { z } from 'zod';

/** What the broker's management API says of a queue at this moment. */
export interface ManagedQueue {
  readonly ready: number;
  readonly unacked: number;
}

const queuesAnswer = z.array(
  z.object({ name: z.string(), messages_ready: z.number().optional(), messages_unacknowledged: z.number().optional() }),
);

/** The totals of the virtual host's queues by name. They are asked for without statistics, which the broker gathers every few seconds only. */
export async function managedQueues(managementUrl: string, vhost: string, signal: AbortSignal): Promise<Map<string, ManagedQueue>> {
  const url = new URL(`/api/queues/${encodeURIComponent(vhost)}?disable_stats=true&enable_queue_totals=true`, managementUrl);
  const { username, password } = new URL(managementUrl);
  const credentials = `${decodeURIComponent(username || 'guest')}:${decodeURIComponent(password || 'guest')}`;
  const response = await fetch(url, { headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }, signal });
  if (!response.ok) throw new Error(`The broker's management API answered ${response.status}`);
  const queues = queuesAnswer.parse(await response.json());
  return new Map(
    queues.map(({ name, messages_ready = 0, messages_unacknowledged = 0 }) => [
      name,
      { ready: messages_ready, unacked: messages_unacknowledged },
    ]),
  );
}

/** Whether there is a page for people at the address; the development broker has the API only. */
export async function hasPage(managementUrl: string, signal: AbortSignal): Promise<boolean> {
  const response = await fetch(publicUrl(managementUrl), { signal });
  await response.body?.cancel();
  return response.ok && (response.headers.get('content-type') ?? '').startsWith('text/html');
}

/** The virtual host that an AMQP address names; `/` where it names none. */
export function vhostOf(amqpUrl: string): string {
  const path = new URL(amqpUrl).pathname.slice(1);
  return path === '' ? '/' : decodeURIComponent(path);
}

/** The address for people: without credentials. */
export function publicUrl(managementUrl: string): string {
  const url = new URL(managementUrl);
  url.username = '';
  url.password = '';
  return url.href;
}
