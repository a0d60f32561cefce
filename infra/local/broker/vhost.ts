import type { Destination } from './binding.ts';
import { type DeathReason, deadLettered, isEndlessCycle } from './dead-letter.ts';
import { Exchange, type ExchangeDeclaration, type ExchangeType } from './exchange.ts';
import type { Message } from './message.ts';
import { type Policy, policyFor } from './policies.ts';
import { Queue, type QueueDeclaration } from './queue.ts';
import { emptyTable, type FieldTable } from './wire/field-table.ts';

/** Who asked for direct replies; kept by the address the replies go to. */
export interface ReplyTarget {
  deliverReply(message: Message): void;
}

const predeclared: readonly (readonly [name: string, type: ExchangeType])[] = [
  ['', 'direct'],
  ['amq.direct', 'direct'],
  ['amq.fanout', 'fanout'],
  ['amq.topic', 'topic'],
  ['amq.headers', 'headers'],
  ['amq.match', 'headers'],
];

/** A world of its own: exchanges, queues and policies of one name space. */
export class Vhost {
  readonly name: string;
  readonly exchanges = new Map<string, Exchange>();
  readonly queues = new Map<string, Queue>();
  readonly replyTargets = new Map<string, ReplyTarget>();
  private readonly policies = new Map<string, Policy>();

  constructor(name: string) {
    this.name = name;
    for (const [exchange, type] of predeclared) {
      this.addExchange({ name: exchange, type, durable: true, autoDelete: false, internal: false, arguments: emptyTable });
    }
  }

  /** For messages to people, in RabbitMQ's words. */
  describe(kind: 'queue' | 'exchange', name: string): string {
    return `${kind} '${name}' in vhost '${this.name}'`;
  }

  addExchange(declaration: ExchangeDeclaration): Exchange {
    const exchange = new Exchange(declaration);
    this.exchanges.set(exchange.name, exchange);
    this.applyPolicyTo(exchange);
    return exchange;
  }

  addQueue(declaration: QueueDeclaration): Queue {
    const queue = new Queue(declaration, {
      deadLetter: (from, message, reason) => this.deadLetter(from, message, reason),
      remove: (unused) => this.removeQueue(unused),
    });
    this.queues.set(queue.name, queue);
    this.applyPolicyTo(queue);
    return queue;
  }

  removeQueue(queue: Queue): void {
    if (this.queues.get(queue.name) !== queue) return;
    this.queues.delete(queue.name);
    this.removeIncoming(queue);
    queue.close();
  }

  removeExchange(exchange: Exchange): void {
    this.exchanges.delete(exchange.name);
    for (const { destination, routingKey, arguments: args } of [...exchange.bindings]) exchange.unbind(destination, routingKey, args);
    this.removeIncoming(exchange);
  }

  unbind(source: Exchange, destination: Destination, routingKey: string, args: FieldTable): void {
    if (source.unbind(destination, routingKey, args) && source.declaration.autoDelete && !source.isBound) this.removeExchange(source);
  }

  /** Every queue a message reaches, each once. */
  route(source: Exchange, routingKey: string, headers: FieldTable): Set<Queue> {
    const queues = new Set<Queue>();
    const seen = new Set<Exchange>();
    const ahead = [source];
    for (let exchange = ahead.pop(); exchange; exchange = ahead.pop()) {
      if (seen.has(exchange)) continue;
      seen.add(exchange);
      const destinations = this.destinationsOf(exchange, routingKey, headers);
      for (const destination of destinations) {
        if (destination.kind === 'queue') queues.add(destination);
        else ahead.push(destination);
      }
      const alternate = destinations.length === 0 && exchange.alternate !== undefined ? this.exchanges.get(exchange.alternate) : undefined;
      if (alternate) ahead.push(alternate);
    }
    return queues;
  }

  get allPolicies(): Iterable<Policy> {
    return this.policies.values();
  }

  policy(name: string): Policy | undefined {
    return this.policies.get(name);
  }

  setPolicy(policy: Policy): void {
    this.policies.set(policy.name, policy);
    this.applyPolicies();
  }

  /** Returns whether there was one. */
  removePolicy(name: string): boolean {
    const existed = this.policies.delete(name);
    this.applyPolicies();
    return existed;
  }

  close(): void {
    for (const queue of [...this.queues.values()]) this.removeQueue(queue);
    this.replyTargets.clear();
  }

  private destinationsOf(exchange: Exchange, routingKey: string, headers: FieldTable): readonly Destination[] {
    if (exchange.name !== '') return exchange.destinations(routingKey, headers);
    const queue = this.queues.get(routingKey);
    return queue ? [queue] : [];
  }

  private deadLetter(queue: Queue, message: Message, reason: DeathReason): void {
    const { deadLetterExchange, deadLetterRoutingKey } = queue.limits;
    const exchange = deadLetterExchange === undefined ? undefined : this.exchanges.get(deadLetterExchange);
    if (!exchange) return;
    const letter = deadLettered(message, {
      queue: queue.name,
      reason,
      exchange: exchange.name,
      routingKey: deadLetterRoutingKey,
      atMs: Date.now(),
    });
    for (const target of this.route(exchange, letter.routingKey, letter.properties.headers ?? emptyTable)) {
      if (!isEndlessCycle(letter, target.name)) target.publish(letter);
    }
  }

  private removeIncoming(destination: Destination): void {
    for (const { source, routingKey, arguments: args } of [...destination.incoming]) this.unbind(source, destination, routingKey, args);
  }

  private applyPolicies(): void {
    for (const exchange of this.exchanges.values()) this.applyPolicyTo(exchange);
    for (const queue of this.queues.values()) this.applyPolicyTo(queue);
  }

  private applyPolicyTo(subject: Destination): void {
    const policy = policyFor(this.policies.values(), subject.kind, subject.name);
    if (subject.kind === 'queue') subject.applyPolicy(policy);
    else {
      const alternate = policy?.definition['alternate-exchange'];
      subject.policyAlternate = typeof alternate === 'string' ? alternate : undefined;
    }
  }
}
