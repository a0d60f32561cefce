import { AmqpError } from './amqp-error.ts';
import { account, product, productVersion } from './handshake.ts';
import type { ManagementDeps } from './management.ts';
import { type Policy, parsePolicy } from './policies.ts';
import type { Queue } from './queue.ts';
import type { Vhost } from './vhost.ts';
import { plainTable } from './wire/field-table.ts';

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

interface Asked {
  readonly deps: ManagementDeps;
  readonly body: unknown;
  /** What an operator gave as the cause. */
  readonly reason: string;
}

type Handler = (asked: Asked, ...parameters: string[]) => Answer;

const notFound: Answer = { status: 404, body: { error: 'Object Not Found', reason: 'Not Found' } };
const done: Answer = { status: 204 };

const routes: readonly (readonly [pattern: string, handler: Handler])[] = [
  ['GET api/overview', overview],
  ['GET api/vhosts', ({ deps }) => found([...deps.vhosts.all()].map(({ name }) => ({ name })))],
  ['PUT api/vhosts/*', ({ deps }, name) => putVhost(deps, name)],
  ['DELETE api/vhosts/*', ({ deps }, name) => deleteVhost(deps, name)],
  ['GET api/queues', ({ deps }) => found([...deps.vhosts.all()].flatMap(queuesOf))],
  ['GET api/queues/*', inVhost((vhost) => found(queuesOf(vhost)))],
  ['GET api/queues/*/*', inVhost((vhost, _, name) => oneOrNone(vhost.queues.get(name), (queue) => describeQueue(vhost, queue)))],
  ['DELETE api/queues/*/*', inVhost(deleteQueue)],
  // The one account may do everything everywhere.
  ['PUT api/permissions/*/*', inVhost((_vhost, _asked, user) => (user === account.user ? done : notFound))],
  ['GET api/consumers/*', inVhost((vhost) => found([...vhost.queues.values()].flatMap((queue) => consumersOf(vhost, queue))))],
  ['GET api/policies/*', inVhost((vhost) => found([...vhost.allPolicies].map((policy) => describePolicy(vhost, policy))))],
  ['GET api/policies/*/*', inVhost((vhost, _, name) => oneOrNone(vhost.policy(name), (policy) => describePolicy(vhost, policy)))],
  ['PUT api/policies/*/*', inVhost(putPolicy)],
  ['DELETE api/policies/*/*', inVhost((vhost, _, name) => (vhost.removePolicy(name) ? done : notFound))],
  ['GET api/connections', ({ deps }) => found([...deps.connections].filter(({ user }) => user !== '').map(({ facts }) => facts))],
  ['DELETE api/connections/*', deleteConnection],
];

/** What answers a request, its parameters already filled in. */
export function findRoute(method: string, segments: readonly string[]): ((asked: Asked) => Answer) | undefined {
  for (const [pattern, handler] of routes) {
    const [routeMethod, path = ''] = pattern.split(' ');
    const parts = path.split('/');
    if (method !== routeMethod || parts.length !== segments.length) continue;
    if (!parts.every((part, index) => part === '*' || part === segments[index])) continue;
    const parameters = segments.filter((_, index) => parts[index] === '*');
    return (asked) => handler(asked, ...parameters);
  }
  return undefined;
}

function found(body: unknown): Answer {
  return { status: 200, body };
}

function oneOrNone<T>(item: T | undefined, describe: (item: T) => unknown): Answer {
  return item === undefined ? notFound : found(describe(item));
}

function inVhost(handler: (vhost: Vhost, asked: Asked, name: string) => Answer): Handler {
  return (asked, vhostName = '', name = '') => {
    const vhost = asked.deps.vhosts.find(vhostName);
    return vhost ? handler(vhost, asked, name) : notFound;
  };
}

function overview({ deps }: Asked): Answer {
  const queues = [...deps.vhosts.all()].flatMap(queuesOf);
  const total = (name: 'messages' | 'messages_ready' | 'messages_unacknowledged') => queues.reduce((sum, queue) => sum + queue[name], 0);
  return found({
    product_name: product,
    product_version: productVersion,
    queue_totals: {
      messages: total('messages'),
      messages_ready: total('messages_ready'),
      messages_unacknowledged: total('messages_unacknowledged'),
    },
    object_totals: {
      connections: deps.connections.size,
      queues: queues.length,
      consumers: queues.reduce((sum, { consumers }) => sum + consumers, 0),
    },
  });
}

function putVhost({ vhosts }: ManagementDeps, name = ''): Answer {
  const existed = vhosts.find(name) !== undefined;
  vhosts.create(name);
  return { status: existed ? 204 : 201 };
}

function deleteVhost({ vhosts, connections }: ManagementDeps, name = ''): Answer {
  const vhost = vhosts.find(name);
  if (!vhost) return notFound;
  for (const connection of connections) {
    if (connection.isIn(vhost)) connection.close(new AmqpError(320, `vhost '${name}' is deleted`, 'connection'));
  }
  vhosts.remove(vhost);
  return done;
}

function deleteQueue(vhost: Vhost, _asked: Asked, name: string): Answer {
  const queue = vhost.queues.get(name);
  if (!queue) return notFound;
  vhost.removeQueue(queue);
  return done;
}

function putPolicy(vhost: Vhost, { body }: Asked, name: string): Answer {
  const existed = vhost.policy(name) !== undefined;
  vhost.setPolicy(parsePolicy(name, body));
  return { status: existed ? 204 : 201 };
}

function deleteConnection({ deps, reason }: Asked, name = ''): Answer {
  const connection = [...deps.connections].find((candidate) => candidate.name === name);
  if (!connection) return notFound;
  connection.close(new AmqpError(320, reason || 'Closed via management plugin', 'connection'));
  return done;
}

function queuesOf(vhost: Vhost) {
  return [...vhost.queues.values()].map((queue) => describeQueue(vhost, queue));
}

function describeQueue(vhost: Vhost, queue: Queue) {
  const { name, type, durable, exclusive, autoDelete, arguments: args } = queue.declaration;
  return {
    name,
    vhost: vhost.name,
    type,
    durable,
    exclusive,
    auto_delete: autoDelete,
    arguments: plainTable(args),
    policy: queue.policy?.name ?? null,
    messages: queue.readyCount + queue.unacknowledged,
    messages_ready: queue.readyCount,
    messages_unacknowledged: queue.unacknowledged,
    consumers: queue.consumers.count,
    state: 'running',
  };
}

function consumersOf(vhost: Vhost, queue: Queue) {
  return queue.consumers.all().map((consumer) => {
    const { connectionName, number } = consumer.channel.describe();
    return {
      queue: { name: queue.name, vhost: vhost.name },
      consumer_tag: consumer.tag,
      ack_required: !consumer.noAck,
      exclusive: consumer.exclusive,
      prefetch_count: consumer.prefetch,
      active: queue.consumers.isActive(consumer),
      channel_details: { connection_name: connectionName, name: `${connectionName} (${number})`, number },
    };
  });
}

function describePolicy(vhost: Vhost, { name, pattern, applyTo, definition, priority }: Policy) {
  return { vhost: vhost.name, name, pattern: pattern.source, 'apply-to': applyTo, definition, priority };
}
