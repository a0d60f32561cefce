/** Numbers the messages of a confirm channel and tells the publisher their fate: acknowledgements of one turn go out as one. */
export class Confirms {
  private readonly send: (name: 'basic.ack' | 'basic.nack', deliveryTag: number, multiple: boolean) => void;
  private last = 0;
  private told = 0;
  private scheduled: NodeJS.Immediate | undefined;

  constructor(send: Confirms['send']) {
    this.send = send;
  }

  /** The next message is with all its queues, or had none and was returned before. */
  accepted(): void {
    this.last++;
    this.scheduled ??= setImmediate(() => this.flush());
  }

  /** A queue refused the next message. */
  refused(): void {
    this.flush();
    this.last++;
    this.told = this.last;
    this.send('basic.nack', this.last, false);
  }

  close(): void {
    clearImmediate(this.scheduled);
  }

  private flush(): void {
    clearImmediate(this.scheduled);
    this.scheduled = undefined;
    if (this.told === this.last) return;
    this.send('basic.ack', this.last, this.last - this.told > 1);
    this.told = this.last;
  }
}
