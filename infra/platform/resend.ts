import { markerQueue } from '@comptoir/schema/topology.ts';
import { type BrokerLink, QueueMissingError } from './broker/link.ts';
import { failpoint } from './failpoint.ts';
import type { LeaderSession } from './leadership.ts';
import type { Log } from './log.ts';
import { logBounds, markUnsent, type OutboxRow, type Route, sentAfter } from './outbox-log.ts';
import { publishInOrder } from './publish-in-order.ts';
import { createWakeUp } from './wake-up.ts';

export interface ResendConfig {
  readonly service: string;
  /** What is sent again. */
  readonly routes: readonly Route[];
  /** How far back. */
  readonly retentionHours: number;
  readonly pollMs: number;
}

export interface ResendDeps {
  readonly session: LeaderSession;
  readonly link: BrokerLink;
  readonly log: Log;
  readonly onResent: (row: OutboxRow) => void;
}

/** What the broker has lost, and how much of it is sent again. */
interface Loss {
  /** Where it was found out: on another one nobody knows what became of what was sent again. */
  readonly connection: number;
  /** Position in the log. */
  after: number;
  readonly upTo: number;
  /** What was sent later went to the broker as it is now. */
  readonly at: string;
  count: number;
  readonly since: number;
}

const pageSize = 500;

/**
 * Notices that the broker has lost its data, and sends again what it may have lost, under the same ids. The service's marker queue tells: it is declared only when all
 * has been sent again, so that a crash on the way, or a broker that loses its data once more, begins anew. Belongs to one lead.
 */
export function createResending({ service, routes, retentionHours, pollMs }: ResendConfig, { session, link, log, onResent }: ResendDeps) {
  const marker = markerQueue(service);
  const wakeUp = createWakeUp();
  let connection = 0;
  let seen = -1;
  let loss: Loss | null = null;

  async function hasMarker(): Promise<boolean> {
    try {
      await link.checkQueue(marker);
      return true;
    } catch (error) {
      if (error instanceof QueueMissingError) return false;
      throw error;
    }
  }

  /** True once the current connection was looked at; to be called before anything is published, and never while what was published waits to be marked. */
  async function look(): Promise<boolean> {
    if (seen === connection) return true;
    const current = connection;
    try {
      // One that is not made good yet goes on being one, whatever the marker says.
      if (loss === null && (await hasMarker())) {
        seen = current;
        return true;
      }
    } catch (error) {
      log.debug({ event: 'marker_unknown', marker, err: error }, 'the broker cannot be asked for the marker');
      return false;
    }
    const { purged, position, now } = await logBounds(session);
    loss = { connection: current, after: purged, upTo: position, at: now, count: 0, since: performance.now() };
    seen = current;
    wakeUp.wake();
    return true;
  }

  /** Sends one page, or ends. False where the broker went away meanwhile. */
  async function proceed(lost: Loss): Promise<boolean> {
    if (lost.after < lost.upTo) {
      const { rows, next } = await sentAfter(session, lost.after, { routes, before: lost.at, retentionHours, limit: pageSize });
      const outcomes = await publishInOrder(rows, (message) => link.publish(message));
      if (outcomes.some(({ kind }) => kind === 'away')) return false;
      const refused = rows.filter((_, index) => outcomes[index]?.kind !== 'confirmed');
      await markUnsent(
        session,
        refused.map(({ id }) => id),
      );
      for (const row of rows) if (!refused.includes(row)) onResent(row);
      lost.after = next;
      lost.count += rows.length;
      failpoint('relay.resend.page');
      return true;
    }
    try {
      await link.declareQueue(marker);
    } catch (error) {
      log.warn({ event: 'marker_failed', marker, err: error }, 'the marker could not be declared');
      return false;
    }
    if (connection !== lost.connection) return false;
    loss = null;
    const ms = Math.round(performance.now() - lost.since);
    const fields = { marker, messages: lost.count, positions: lost.upTo, ms };
    if (lost.count > 0) log.info({ event: 'broker_lost_data', ...fields }, 'the broker had lost its data: what was sent was sent again');
    else log.debug({ event: 'marker_declared', ...fields }, 'nothing was to be sent again');
    return true;
  }

  return {
    look,
    async run(): Promise<void> {
      const forget = link.onState((state) => {
        if (state === 'connecting') connection++;
      });
      try {
        while (!session.signal.aborted) {
          const ready = loss?.connection === connection && link.state() === 'connected';
          if (!ready || !loss || !(await proceed(loss))) await wakeUp.sleep(pollMs, session.signal);
        }
      } finally {
        forget();
      }
    },
  };
}
