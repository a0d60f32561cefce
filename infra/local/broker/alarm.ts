/** The longest a Node timer can wait. */
const maxDelayMs = 2 ** 31 - 1;

/** One timer that can be moved. It may ring a little early or for a time since moved: `ring` looks for itself what is due. */
export class Alarm {
  private readonly ring: () => void;
  private timer: NodeJS.Timeout | undefined;
  private at = Number.POSITIVE_INFINITY;

  constructor(ring: () => void) {
    this.ring = ring;
  }

  /** Rings at this time, in milliseconds since 1970. */
  set(at: number): void {
    this.cancel();
    this.at = at;
    const delayMs = Math.max(1, at - Date.now());
    this.timer = setTimeout(() => this.expire(), Math.min(delayMs, maxDelayMs));
  }

  /** Keeps an earlier time that is set already, so that a busy queue does not restart its timer for every message. */
  setNoLaterThan(at: number): void {
    if (at < this.at) this.set(at);
  }

  cancel(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.at = Number.POSITIVE_INFINITY;
  }

  private expire(): void {
    const due = this.at;
    if (due - Date.now() > 1) {
      this.set(due);
      return;
    }
    this.cancel();
    this.ring();
  }
}
