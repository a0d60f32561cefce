import type { BrokerLink } from './broker/link.ts';
import type { Database, EntityManager } from './database.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Service } from './service.ts';

export type DeadLetterState = 'NEW' | 'REPLAYED';

/** A message that was given up, with the fields of the SDL type DeadLetter. */
export interface DeadLetter {
  readonly id: string;
  readonly queue: string;
  readonly reason: string;
  readonly code: string;
  readonly messageId: string | null;
  readonly type: string | null;
  /** Its body as text; bytes that are not UTF-8 are shown as �. */
  readonly payload: string;
  /** Its headers as JSON text. */
  readonly headers: string;
  readonly attempts: number;
  readonly state: DeadLetterState;
  readonly deadAt: Date;
  readonly replayedAt: Date | null;
  readonly replayedBy: string | null;
}

export interface DeadLetterFilter {
  readonly state?: DeadLetterState | null;
  readonly queue?: string | null;
}

export interface DeadLetterPage {
  /** Newest first. */
  readonly nodes: DeadLetter[];
  readonly hasNextPage: boolean;
}

/** Takes the service's dead-letter queue into its database: one row a message and the event message.dead_letter_changed, then the acknowledgement. */
export function createDeadLetterCollector(
  _config: { service: string },
  _deps: { link: BrokerLink; database: Database; log: Log; metrics?: Metrics },
): Service {
  throw new Error('createDeadLetterCollector is not written yet');
}

/** `after` is the id of the last dead letter of the page before. */
export async function listDeadLetters(_em: EntityManager, _page: DeadLetterFilter & { first: number; after?: string | null }): Promise<DeadLetterPage> {
  throw new Error('listDeadLetters is not written yet');
}

export async function countDeadLetters(_em: EntityManager, _filter: DeadLetterFilter): Promise<number> {
  throw new Error('countDeadLetters is not written yet');
}

export async function getDeadLetter(_em: EntityManager, _id: string): Promise<DeadLetter | null> {
  throw new Error('getDeadLetter is not written yet');
}

/** Sends it to the queue it came from once more, with a mended body where one is given; null where there is no such dead letter. Needs a transaction. */
export async function replayDeadLetter(
  _em: EntityManager,
  _id: string,
  _replay: { service: string; by: string; payload?: string | null },
): Promise<DeadLetter | null> {
  throw new Error('replayDeadLetter is not written yet');
}

/** Deletes for good; returns how many. */
export async function purgeDeadLetters(_em: EntityManager, _filter: DeadLetterFilter): Promise<number> {
  throw new Error('purgeDeadLetters is not written yet');
}
