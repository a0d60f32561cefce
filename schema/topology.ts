/** A broker's exchanges and queues, as data. `arguments` of documented names stay empty: other programs declare them plainly. */
export interface ExchangeSpec {
  readonly name: string;
  readonly type: 'direct' | 'topic' | 'fanout';
}

export interface QueueSpec {
  readonly name: string;
  readonly arguments?: Readonly<Record<string, unknown>>;
}

export interface BindingSpec {
  readonly exchange: string;
  readonly queue: string;
  readonly routingKey: string;
}

/** Everything in it is durable. Asserted by whoever uses it, again after every reconnect. */
export interface Topology {
  readonly exchanges: readonly ExchangeSpec[];
  readonly queues: readonly QueueSpec[];
  readonly bindings: readonly BindingSpec[];
}

export interface PolicySpec {
  readonly name: string;
  /** Regular expression on queue names. */
  readonly pattern: string;
  readonly definition: Readonly<Record<string, unknown>>;
}

export const operations = ['add', 'sub', 'mul', 'div'] as const;
export type WireOperation = (typeof operations)[number];

export const taskQueue = (operation: WireOperation) => `task_queue_${operation}` as const;
/** Fanout: a task published here is computed by all four operations. */
export const allOperationsExchange = 'all_operations';
export const resultQueue = 'result_queue';
/** Topic exchange of all domain events. */
export const eventsExchange = 'payetonkawa';
/** Direct exchange of messages that were given up; the routing key is the service that could not handle them. */
export const deadLetterExchange = 'comptoir.dead_letters';
/** Where all of them end: compute, the subgraph of the queues, keeps the dead letters of every service. Each declares it, so that they wait for compute. */
export const deadLetterQueue = 'compute.dead_letters';

const quorum = { 'x-queue-type': 'quorum' };

/** Delays of a failing message, in order. Each has a fanout exchange and a queue of one name; the routing key is the queue to come back to. */
export const retryDelays = [
  { name: 'comptoir.retry.5s', delayMs: 5_000 },
  { name: 'comptoir.retry.30s', delayMs: 30_000 },
  { name: 'comptoir.retry.5m', delayMs: 300_000 },
] as const;

const retryTopology: Topology = {
  exchanges: retryDelays.map(({ name }) => ({ name, type: 'fanout' })),
  queues: retryDelays.map(({ name, delayMs }) => ({
    name,
    arguments: { ...quorum, 'x-message-ttl': delayMs, 'x-dead-letter-exchange': '' },
  })),
  bindings: retryDelays.map(({ name }) => ({ exchange: name, queue: name, routingKey: '' })),
};

/** What every service with consumers needs: a way for its dead letters, and the retry queues. */
export function serviceTopology(service: string): Topology {
  return {
    exchanges: [{ name: eventsExchange, type: 'topic' }, { name: deadLetterExchange, type: 'direct' }, ...retryTopology.exchanges],
    queues: [{ name: deadLetterQueue, arguments: quorum }, ...retryTopology.queues],
    bindings: [{ exchange: deadLetterExchange, queue: deadLetterQueue, routingKey: service }, ...retryTopology.bindings],
  };
}

/** compute hears of foreign `all` tasks through a queue of its own beside the four. */
export const allOperationsTapQueue = 'compute.all_operations';
export const workerEventsQueue = 'compute.worker_events';

export const computeTopology: Topology = {
  exchanges: [{ name: allOperationsExchange, type: 'fanout' }],
  queues: [
    ...operations.map((operation) => ({ name: taskQueue(operation) })),
    { name: resultQueue },
    { name: allOperationsTapQueue, arguments: { ...quorum, 'x-delivery-limit': 5 } },
    { name: workerEventsQueue, arguments: { 'x-message-ttl': 60_000 } },
  ],
  bindings: [
    ...operations.map((operation) => ({ exchange: allOperationsExchange, queue: taskQueue(operation), routingKey: '' })),
    { exchange: allOperationsExchange, queue: allOperationsTapQueue, routingKey: '' },
    { exchange: eventsExchange, queue: workerEventsQueue, routingKey: 'calcul.worker' },
  ],
};

/** The queues of the calculations that clients are shown, in the contract's order. */
export const calculationQueues = [...operations.map(taskQueue), resultQueue] as const;

/** Commands of sagas and their replies: queues of ours alone. A participant's queue is its name with .commands. */
export const commandQueue = (participant: 'inventory' | 'orders' | 'payments') => `${participant}.commands` as const;
export const sagaReplyQueue = 'sagas.replies';
export const sagaStartQueue = 'sagas.start';

/** The documented queues of the orders, declared plainly. */
export const customerDeletionsQueue = 'commandes_client_events';
export const productDeletionsQueue = 'commandes_produit_events';
/** What orders reads besides: whom and what there is. */
export const orderCustomersQueue = 'orders.customers';
/** inventory hears of sagas that ended well: what they reserved is sold. */
export const inventorySagasQueue = 'inventory.sagas';
/** What accounts keeps in the audit log. Written to by its name alone: who listens to all events does not hear of it. */
export const auditQueue = 'accounts.audit';

const ours = (name: string): QueueSpec => ({ name, arguments: { ...quorum, 'x-delivery-limit': 20 } });
const events = (queue: string, ...routingKeys: string[]): BindingSpec[] =>
  routingKeys.map((routingKey) => ({ exchange: eventsExchange, queue, routingKey }));

const part = (queues: readonly QueueSpec[], bindings: readonly BindingSpec[] = []): Topology => ({
  exchanges: bindings.length > 0 ? [{ name: eventsExchange, type: 'topic' }] : [],
  queues,
  bindings,
});

/**
 * Between the orchestrator of sagas and its participants. Each of them declares all of it, so that a command or a reply waits in its queue for who is not there
 * yet, instead of finding none.
 */
const sagaCommands = part(
  [commandQueue('inventory'), commandQueue('orders'), commandQueue('payments'), sagaReplyQueue, sagaStartQueue].map(ours),
);

/** Events and who hears of them. Who publishes them declares its readers' queues too: what it tells before they first start would reach nobody. */
const customerEvents = part(
  [{ name: customerDeletionsQueue }, ours(orderCustomersQueue)],
  [...events(customerDeletionsQueue, 'client.deleted'), ...events(orderCustomersQueue, 'client.created', 'client.updated')],
);
const productEvents = part([{ name: productDeletionsQueue }], events(productDeletionsQueue, 'produit.deleted'));
const sagaEvents = part([ours(inventorySagasQueue)], events(inventorySagasQueue, 'saga.completed'));

/** Of every subgraph with mutations: what it tells waits for accounts. */
export const auditTopology: Topology = part([ours(auditQueue)]);

export const customersTopology: Topology = mergeTopologies(customerEvents, auditTopology);
export const inventoryTopology: Topology = mergeTopologies(sagaCommands, sagaEvents, productEvents, auditTopology);
export const ordersTopology: Topology = mergeTopologies(sagaCommands, customerEvents, productEvents, auditTopology);
export const sagasTopology: Topology = mergeTopologies(sagaCommands, sagaEvents, auditTopology);

const auditRoute = { exchange: '', routingKey: auditQueue };

/** What of compute's is sent again after a broker lost its data: its tasks it sends anew by itself. */
export const computeUnrepeatedRoutes: readonly Omit<BindingSpec, 'queue'>[] = [auditRoute];

/** How messages are addressed that somebody reads and nobody would ask for again. Commands of sagas and their replies are repeated by the sagas' timers. */
export const unrepeatedRoutes: readonly Omit<BindingSpec, 'queue'>[] = [
  ...[customerEvents, productEvents, sagaEvents].flatMap(({ bindings }) => bindings),
  { exchange: '', routingKey: sagaStartQueue },
  auditRoute,
];

/** An empty queue that a service keeps at the broker: where it is gone, the broker has lost what it held. Classic, for a young quorum queue may die with the broker. */
export const markerQueue = (service: string) => `comptoir.marker.${service}`;

const keptFor = (service: string, name: string, queues: string): PolicySpec => ({
  name,
  pattern: `^(${queues})$`,
  definition: { 'dead-letter-exchange': deadLetterExchange, 'dead-letter-routing-key': service },
});

/** What a foreign worker rejects is kept too, and what a queue of ours has delivered as often as it may. */
export const policies: readonly PolicySpec[] = [
  keptFor('compute', 'comptoir-calculations', 'task_queue_(add|sub|mul|div)|result_queue|compute\\.all_operations'),
  keptFor('accounts', 'comptoir-accounts', 'accounts\\.audit'),
  keptFor('inventory', 'comptoir-inventory', 'inventory\\.(commands|sagas)'),
  keptFor('orders', 'comptoir-orders', 'commandes_(client|produit)_events|orders\\.(commands|customers)|payments\\.commands'),
  keptFor('sagas', 'comptoir-sagas', 'sagas\\.(replies|start)'),
];

export function mergeTopologies(...topologies: readonly Topology[]): Topology {
  return {
    exchanges: topologies.flatMap(({ exchanges }) => exchanges),
    queues: topologies.flatMap(({ queues }) => queues),
    bindings: topologies.flatMap(({ bindings }) => bindings),
  };
}
