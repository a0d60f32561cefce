import { Deque } from './deque.ts';
import type { Message } from './message.ts';

/** A message as one queue holds it. */
export interface QueuedMessage {
  readonly message: Message;
  /** Its place in the queue, kept when it comes back. */
  readonly sequence: number;
  readonly priority: number;
  /** Milliseconds since 1970. */
  readonly expiresAt: number | undefined;
  redelivered: boolean;
  /** How often a consumer had it and did not acknowledge it. */
  returns: number;
}

/** One priority: what came back is always older than what was never delivered, so it goes first, the oldest before the others. */
class Lane {
  readonly fresh = new Deque<QueuedMessage>();
  readonly returned = new OldestFirst();

  get length(): number {
    return this.fresh.length + this.returned.length;
  }

  peek(): QueuedMessage | undefined {
    return this.returned.peek() ?? this.fresh.peek();
  }

  shift(): QueuedMessage | undefined {
    return this.returned.shift() ?? this.fresh.shift();
  }
}

/** The messages of a queue that wait for a consumer, highest priority first, then in order of arrival. */
export class ReadyMessages {
  private readonly lanes = new Map<number, Lane>();
  /** Highest first. */
  private priorities: number[] = [];
  length = 0;
  bytes = 0;

  push(queued: QueuedMessage): void {
    this.lane(queued.priority).fresh.push(queued);
    this.count(queued, 1);
  }

  giveBack(queued: QueuedMessage): void {
    this.lane(queued.priority).returned.push(queued);
    this.count(queued, 1);
  }

  peek(): QueuedMessage | undefined {
    return this.firstLane()?.peek();
  }

  shift(): QueuedMessage | undefined {
    const queued = this.firstLane()?.shift();
    if (queued) this.count(queued, -1);
    return queued;
  }

  clear(): void {
    this.lanes.clear();
    this.priorities = [];
    this.length = 0;
    this.bytes = 0;
  }

  private count(queued: QueuedMessage, sign: 1 | -1): void {
    this.length += sign;
    this.bytes += sign * queued.message.body.length;
  }

  private firstLane(): Lane | undefined {
    for (const priority of this.priorities) {
      const lane = this.lanes.get(priority);
      if (lane && lane.length > 0) return lane;
    }
    return undefined;
  }

  private lane(priority: number): Lane {
    const existing = this.lanes.get(priority);
    if (existing) return existing;
    const lane = new Lane();
    this.lanes.set(priority, lane);
    this.priorities = [...this.lanes.keys()].sort((a, b) => b - a);
    return lane;
  }
}

/** A binary heap by place in the queue. */
class OldestFirst {
  private readonly heap: QueuedMessage[] = [];

  get length(): number {
    return this.heap.length;
  }

  peek(): QueuedMessage | undefined {
    return this.heap[0];
  }

  push(queued: QueuedMessage): void {
    let index = this.heap.push(queued) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (this.sequenceAt(parent) <= queued.sequence) break;
      this.swap(index, parent);
      index = parent;
    }
  }

  shift(): QueuedMessage | undefined {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (!first || !last || first === last) return first;
    this.heap[0] = last;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const smaller = this.sequenceAt(left + 1) < this.sequenceAt(left) ? left + 1 : left;
      if (this.sequenceAt(smaller) >= last.sequence) return first;
      this.swap(index, smaller);
      index = smaller;
    }
  }

  private sequenceAt(index: number): number {
    return this.heap[index]?.sequence ?? Number.POSITIVE_INFINITY;
  }

  private swap(a: number, b: number): void {
    const [first, second] = [this.heap[a], this.heap[b]];
    if (!first || !second) return;
    this.heap[a] = second;
    this.heap[b] = first;
  }
}
