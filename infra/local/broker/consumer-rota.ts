import type { Consumer } from './consumer.ts';

/** Whose turn it is: consumers of a higher priority first, those of one priority in turn; or one alone, if the queue wants a single active one. */
export class ConsumerRota {
  private readonly singleActive: boolean;
  /** Highest priority first. */
  private waiting: Consumer[] = [];
  private active: Consumer | undefined;

  constructor(singleActive: boolean) {
    this.singleActive = singleActive;
  }

  get count(): number {
    return this.waiting.length;
  }

  get isExclusive(): boolean {
    return this.waiting.some((consumer) => consumer.exclusive);
  }

  all(): readonly Consumer[] {
    return [...this.waiting];
  }

  isActive(consumer: Consumer): boolean {
    return !this.singleActive || this.active === consumer;
  }

  add(consumer: Consumer): void {
    this.insert(consumer);
    this.active ??= consumer;
  }

  /** Returns whether it was there. */
  remove(consumer: Consumer): boolean {
    const index = this.waiting.indexOf(consumer);
    if (index < 0) return false;
    this.waiting.splice(index, 1);
    if (this.active === consumer) this.active = this.waiting[0];
    return true;
  }

  /** The next consumer that has room for a message; it goes behind the others of its priority. */
  next(): Consumer | undefined {
    if (this.singleActive) return this.active?.hasRoom() ? this.active : undefined;
    const index = this.waiting.findIndex((consumer) => consumer.hasRoom());
    const consumer = this.waiting[index];
    if (consumer && this.waiting.length > 1) {
      this.waiting.splice(index, 1);
      this.insert(consumer);
    }
    return consumer;
  }

  private insert(consumer: Consumer): void {
    const behind = this.waiting.findIndex(({ priority }) => priority < consumer.priority);
    this.waiting.splice(behind < 0 ? this.waiting.length : behind, 0, consumer);
  }
}
