import type { Database } from '@comptoir/platform/database.ts';
import { failpoint } from '@comptoir/platform/failpoint.ts';
import { frequent } from '@comptoir/platform/frequent-statements.ts';
import { createLifecycle } from '@comptoir/platform/lifecycle.ts';
import type { Log } from '@comptoir/platform/log.ts';
import type { Service } from '@comptoir/platform/service.ts';
import { query } from '@comptoir/platform/sql.ts';
import { createWakeUp } from '@comptoir/platform/wake-up.ts';
import type { Applied, Applier } from '../commands/applier.ts';
import type { Direction } from '../domain/saga.ts';
import { readSaga } from '../store/read-sagas.ts';

export interface TimersConfig {
  /** Time between two looks at the timers at most. Default 500 ms. */
  readonly pollMs?: number;
  /** Timers at work at the same time. Default 4. */
  readonly lanes?: number;
}

export interface TimersDeps {
  readonly database: Database;
  readonly applier: Applier;
  readonly log: Log;
}

interface DueTimer {
  readonly saga_id: string;
  readonly step: string;
  readonly direction: Direction;
  readonly attempt: number;
}

/** How long a timer whose handling failed waits, so that it does not keep the others waiting. */
const setAsideSeconds = 30;

/**
 * Sees to the timers of sagas, in any number of processes at once: each takes the sagas whose time has come and that nobody else is at. The clock is the
 * database's, so that no process with a wrong one gives a step up too early.
 */
export function createTimers({ pollMs = 500, lanes = 4 }: TimersConfig, { database, applier, log }: TimersDeps): Service {
  const stopping = new AbortController();
  const wakeUp = createWakeUp();
  let running: Promise<unknown> | undefined;

  /** Handles one timer that is due; false where there is none. The saga is locked before its timer is touched, as everybody does. */
  async function handleOne(): Promise<boolean> {
    let timer: DueTimer | undefined;
    let applied: Applied | null = null;
    try {
      const found = await database.transaction(async (em) => {
        applied = null;
        [timer] = await query<DueTimer>(
          em,
          frequent(`SELECT t.saga_id, t.step, t.direction, t.attempt FROM saga_timer t JOIN saga s ON s.id = t.saga_id
           WHERE t.due_at <= clock_timestamp() ORDER BY t.due_at LIMIT 1 FOR UPDATE OF s SKIP LOCKED`),
        );
        if (!timer) return false;
        failpoint('sagas.timer.taken', timer);
        const { saga_id: id, ...current } = timer;
        const saga = await readSaga(em, id);
        applied = saga && (await applier.applyTo(em, saga, { kind: 'TIMEOUT', ...current }));
        // Overtaken between the look and the lock: whoever overtook it has changed it. One that is the same all the same must not come again and again.
        if (!applied)
          await query(em, frequent('DELETE FROM saga_timer WHERE (saga_id, step, direction, attempt) = ($1, $2, $3, $4)'), [
            id,
            ...Object.values(current),
          ]);
        return true;
      });
      failpoint('sagas.timer.committed', timer);
      if (applied) applier.count(applied);
      return found;
    } catch (error) {
      if (!timer) throw error;
      log.error({ event: 'saga_timer_failed', sagaId: timer.saga_id, step: timer.step, err: error }, 'a timer could not be handled');
      await database.query(frequent(`UPDATE saga_timer SET due_at = clock_timestamp() + $2 * interval '1 second' WHERE saga_id = $1`), [
        timer.saga_id,
        setAsideSeconds,
      ]);
      return true;
    }
  }

  /** Milliseconds until the next timer is due. */
  async function untilNext(): Promise<number> {
    const [row] = await database.query<{ ms: number | null }>(
      frequent('SELECT extract(epoch FROM min(due_at) - clock_timestamp())::float8 * 1000 AS ms FROM saga_timer'),
    );
    return Math.min(Math.max(row?.ms ?? pollMs, 10), pollMs);
  }

  async function run(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted; ) {
      let pauseMs = pollMs;
      try {
        if (await handleOne()) await Promise.all(Array.from({ length: lanes }, drain));
        pauseMs = await untilNext();
        failures = 0;
      } catch (error) {
        failures += 1;
        if (failures === 1) log.warn({ event: 'saga_timers_failed', err: error }, 'the timers cannot be read');
        pauseMs = Math.min(pollMs * 2 ** failures, 5_000);
      }
      await wakeUp.sleep(pauseMs, stopping.signal);
    }
  }

  async function drain(): Promise<void> {
    while (!stopping.signal.aborted && (await handleOne()));
  }

  const lifecycle = createLifecycle({
    async start() {
      running = run();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  });
  return { name: 'saga timers', start: lifecycle.start, stop: lifecycle.stop };
}
