import type { NowOrLater } from '@comptoir/platform/now-or-later.ts';

/** An answer as it is sent, once it was made. */
export interface Answer {
  /** JSON. */
  readonly body: string;
  /** Of a list: how many there are in all. */
  readonly total: number | null;
}

export interface Entry extends Answer {
  /** When its making began. */
  readonly begunAt: number;
}

export interface Look {
  /** What is kept under the key, where nothing that it is about was removed since its making began. */
  readonly entry: Entry | null;
  /** The state of the tags at this moment; every removal of one of them makes it another one. */
  readonly fence: string;
}

export interface StoreFigures {
  readonly keys: number;
  readonly memoryUsedBytes: number;
  /** Connections to Redis; 0 for memory. */
  readonly connectedClients: number;
}

/**
 * Where answers are kept. Nothing is deleted by its tags: an entry carries the fence that was looked at before it was made, and counts only while the fence is
 * still the same. So one whose making began before a removal is never given out after it, however late it is written.
 */
export interface CacheStore {
  readonly kind: 'redis' | 'memory';
  look(key: string, tags: readonly string[]): NowOrLater<Look>;
  write(
    key: string,
    kept: {
      readonly tags: readonly string[];
      readonly fence: string;
      readonly entry: Entry;
      readonly ttlMs: number;
      /** It takes the place of one that may still be good. */
      readonly afresh?: boolean | undefined;
    },
  ): Promise<void>;
  /** From its return on no look finds what carries one of the tags. */
  remove(tags: readonly string[]): Promise<void>;
  /** Gives back the memory of what is kept; what is on its way into the store may be there afterwards, so `everything` is removed before. */
  purge(): Promise<void>;
  /** Takes the right to make the entry, for so long at most; returns how to give it back, null while another instance has it. */
  lock?(key: string, fence: string, leaseMs: number): Promise<(() => Promise<void>) | null>;
  figures(): Promise<StoreFigures>;
}
