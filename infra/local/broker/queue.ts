import { Alarm } from './alarm.ts';
import type { Binding } from './binding.ts';
import type { Consumer } from './consumer.ts';
import { ConsumerRota } from './consumer-rota.ts';
import type { DeathReason } from './dead-letter.ts';
import type { Message } from './message.ts';
import type { Policy } from './policies.ts';
import type { QueueFlags, QueueType } from './queue-arguments.ts';
import { effectiveLimits, isTrue, maxPriority, type QueueLimits } from './queue-limits.ts';
import { type QueuedMessage, ReadyMessages } from './ready-messages.ts';
import type { FieldTable } from './wire/field-table.ts';

export interface QueueDeclaration extends QueueFlags {
  readonly name: string;
  readonly type: QueueType;
  readonly arguments: FieldTable;
  /** The connection an exclusive queue belongs to. */
  readonly owner: object | undefined;
}

export interface QueueDeps {
  readonly deadLetter: (queue: Queue, message: Message, reason: DeathReason) => void;
  /** Takes the queue out of its vhost: it expired, or its last consumer left an auto-delete queue. */
  readonly remove: (queue: Queue) => void;
}

export class Queue {
  readonly kind = 'queue';
  readonly declaration: QueueDeclaration;
  /** Bindings that lead here. */
  readonly incoming = new Set<Binding>();
  readonly consumers: ConsumerRota;
  policy: Policy | undefined;
  limits: QueueLimits;
  /** Deliveries that are with a consumer. */
  unacknowledged = 0;
  private readonly deps: QueueDeps;
  private readonly ready = new ReadyMessages();
  private readonly topPriority: number;
  /** One timer for the whole queue: only its head expires, as in RabbitMQ. */
  private readonly headExpiry = new Alarm(() => this.pump());
  private readonly disuse = new Alarm(() => this.expireIfUnused());
  private sequence = 0;
  private pumping = false;
  private deleted = false;

  constructor(declaration: QueueDeclaration, deps: QueueDeps) {
    this.declaration = declaration;
    this.deps = deps;
    this.limits = effectiveLimits(declaration.arguments);
    this.topPriority = maxPriority(declaration.arguments);
    this.consumers = new ConsumerRota(isTrue(declaration.arguments.get('x-single-active-consumer')));
    this.touch();
  }

  get name(): string {
    return this.declaration.name;
  }

  get readyCount(): number {
    return this.ready.length;
  }

  applyPolicy(policy: Policy | undefined): void {
    if (this.policy === policy) return;
    this.policy = policy;
    this.limits = effectiveLimits(this.declaration.arguments, policy?.definition);
    this.touch();
    this.dropOverflow();
  }

  /** The queue was used: its `x-expires` begins anew. */
  touch(): void {
    if (this.limits.expiresMs === undefined || this.consumers.count > 0) this.disuse.cancel();
    else this.disuse.set(Date.now() + this.limits.expiresMs);
  }

  /** Returns false if the queue is full and refuses the message. */
  publish(message: Message): boolean {
    if (this.limits.overflow !== 'drop-head' && this.wouldOverflow(message)) {
      if (this.limits.overflow === 'reject-publish-dlx') this.deps.deadLetter(this, message, 'maxlen');
      return false;
    }
    const queued: QueuedMessage = {
      message,
      sequence: this.sequence++,
      priority: Math.min(message.properties.priority ?? 0, this.topPriority),
      expiresAt: this.expiryOf(message),
      redelivered: false,
      returns: 0,
    };
    // A message that a consumer can take at once never waits, so it cannot expire even with a time to live of 0.
    const consumer = this.ready.length === 0 && !this.pumping ? this.consumers.next() : undefined;
    if (consumer) {
      consumer.deliver(queued);
      return true;
    }
    this.ready.push(queued);
    this.dropOverflow();
    this.pump();
    return true;
  }

  /** Gives waiting messages to consumers with room, after the expired ones at the head have left. */
  pump(): void {
    if (this.pumping || this.deleted) return;
    this.pumping = true;
    try {
      for (;;) {
        this.dropExpired();
        if (this.ready.length === 0) break;
        const consumer = this.consumers.next();
        const queued = consumer && this.ready.shift();
        if (!queued) break;
        consumer.deliver(queued);
      }
    } finally {
      this.pumping = false;
    }
    const expiresAt = this.ready.peek()?.expiresAt;
    if (expiresAt === undefined) this.headExpiry.cancel();
    else this.headExpiry.setNoLaterThan(expiresAt);
  }

  /** One message for `basic.get`. */
  take(): QueuedMessage | undefined {
    this.touch();
    this.dropExpired();
    return this.ready.shift();
  }

  /** Puts a delivery back at its old place, to be called with pump() after the last of several. */
  giveBack(queued: QueuedMessage): void {
    if (this.deleted) return;
    queued.redelivered = true;
    queued.returns++;
    const { deliveryLimit } = this.limits;
    if (this.declaration.type === 'quorum' && deliveryLimit !== undefined && queued.returns > deliveryLimit) {
      this.deps.deadLetter(this, queued.message, 'delivery_limit');
      return;
    }
    this.ready.giveBack(queued);
    this.dropOverflow();
  }

  reject(queued: QueuedMessage): void {
    if (!this.deleted) this.deps.deadLetter(this, queued.message, 'rejected');
  }

  addConsumer(consumer: Consumer): void {
    this.consumers.add(consumer);
    this.touch();
    this.pump();
  }

  removeConsumer(consumer: Consumer): void {
    if (!this.consumers.remove(consumer)) return;
    if (this.consumers.count === 0 && this.declaration.autoDelete) {
      this.deps.remove(this);
      return;
    }
    this.touch();
    this.pump();
  }

  /** Returns how many messages were dropped. */
  purge(): number {
    const count = this.ready.length;
    this.ready.clear();
    this.headExpiry.cancel();
    return count;
  }

  /** The last thing that happens to a queue: messages are dropped, consumers told. */
  close(): void {
    this.deleted = true;
    this.headExpiry.cancel();
    this.disuse.cancel();
    this.ready.clear();
    for (const consumer of this.consumers.all()) consumer.cancelByBroker();
  }

  private expiryOf(message: Message): number | undefined {
    const own = message.properties.expiration === undefined ? undefined : Number(message.properties.expiration);
    const { messageTtlMs } = this.limits;
    if (own === undefined && messageTtlMs === undefined) return undefined;
    return Date.now() + Math.min(own ?? Number.POSITIVE_INFINITY, messageTtlMs ?? Number.POSITIVE_INFINITY);
  }

  private dropExpired(): void {
    for (let head = this.ready.peek(); head?.expiresAt !== undefined; head = this.ready.peek()) {
      if (head.expiresAt > Date.now()) return;
      this.ready.shift();
      this.deps.deadLetter(this, head.message, 'expired');
    }
  }

  private wouldOverflow(message: Message): boolean {
    const { maxLength, maxLengthBytes } = this.limits;
    return this.ready.length + 1 > (maxLength ?? Infinity) || this.ready.bytes + message.body.length > (maxLengthBytes ?? Infinity);
  }

  private dropOverflow(): void {
    const { maxLength, maxLengthBytes, overflow } = this.limits;
    if (overflow !== 'drop-head') return;
    while (this.ready.length > (maxLength ?? Infinity) || this.ready.bytes > (maxLengthBytes ?? Infinity)) {
      const dropped = this.ready.shift();
      if (!dropped) return;
      this.deps.deadLetter(this, dropped.message, 'maxlen');
    }
  }

  private expireIfUnused(): void {
    if (this.consumers.count === 0) this.deps.remove(this);
  }
}
