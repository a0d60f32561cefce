/** A first-in, first-out list on a ring of slots: every operation is O(1), whatever its length. */
export class Deque<T> {
  private slots: (T | undefined)[] = new Array(16);
  private head = 0;
  length = 0;

  push(item: T): void {
    if (this.length === this.slots.length) this.resize(this.slots.length * 2);
    this.slots[(this.head + this.length) & (this.slots.length - 1)] = item;
    this.length++;
  }

  peek(): T | undefined {
    return this.slots[this.head];
  }

  shift(): T | undefined {
    if (this.length === 0) return undefined;
    const item = this.slots[this.head];
    this.slots[this.head] = undefined;
    this.head = (this.head + 1) & (this.slots.length - 1);
    this.length--;
    // A queue that was long once must not keep its slots for ever.
    if (this.slots.length > 1024 && this.length < this.slots.length / 4) this.resize(this.slots.length / 2);
    return item;
  }

  clear(): void {
    this.slots = new Array(16);
    this.head = 0;
    this.length = 0;
  }

  /** `size` is a power of two, so that a mask finds the slot. */
  private resize(size: number): void {
    const mask = this.slots.length - 1;
    this.slots = Array.from({ length: size }, (_, index) => (index < this.length ? this.slots[(this.head + index) & mask] : undefined));
    this.head = 0;
  }
}
