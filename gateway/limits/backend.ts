import type { NowOrLater } from '@comptoir/platform/now-or-later.ts';

/** A counter that begins from zero when its window ends. */
export interface Window {
  readonly key: string;
  readonly windowMs: number;
  /** The most requests in one window. */
  readonly limit: number;
}

export interface WindowCount {
  /** Requests counted in this window, this one included; at most one more than its limit. */
  readonly used: number;
  /** Milliseconds until the window ends. */
  readonly resetMs: number;
}

/** A bucket that holds `capacity` tokens and is filled from empty to full in `fillMs`. */
export interface BucketSize {
  readonly capacity: number;
  readonly fillMs: number;
}

export interface BucketLevel {
  /** False when there was no token left; nothing was taken then. */
  readonly taken: boolean;
  /** Whole tokens left. */
  readonly remaining: number;
  /** Milliseconds until a token can be taken; 0 if one can be now. */
  readonly nextMs: number;
  /** Milliseconds until the bucket is full. */
  readonly fullMs: number;
}

/** Where requests are counted. The memory one counts for this process only; the one in Redis makes limits hold across gateway instances. */
export interface LimitBackend {
  /**
   * Counts one request in each of the windows, in order, up to the first that is past its limit: those after it are not counted and not in the answer.
   * A new window begins where there is none.
   */
  count(windows: readonly Window[]): NowOrLater<readonly WindowCount[]>;
  /** Takes a token, or none where `cost` is 0, from the bucket of `key`; an unknown key has a full bucket. */
  take(key: string, size: BucketSize, cost: 0 | 1): NowOrLater<BucketLevel>;
  stop(): Promise<void>;
}
