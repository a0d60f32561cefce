import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '@comptoir/platform/database.ts';
import type { Log } from '@comptoir/platform/log.ts';
import type { Service } from '@comptoir/platform/service.ts';
import { forgetAudit } from './commands/forget-audit.ts';

/** Deletes, every so often, what is older in the audit log than `days`. Any number of instances may run. */
export function createAuditSweeper(
  { days, intervalMs }: { days: number; intervalMs: number },
  { database, log }: { database: Database; log: Log },
): Service {
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        const entries = await forgetAudit(database, days);
        if (entries > 0) {
          log.info({ event: 'audit_forgotten', entries, olderThanDays: days }, 'old entries of the audit log were deleted');
          continue;
        }
      } catch (error) {
        if (signal.aborted) return;
        log.warn({ event: 'audit_sweep_failed', err: error }, 'old entries of the audit log could not be deleted; tried again in a while');
      }
      await delay(intervalMs, undefined, { signal }).catch(() => undefined); // only an abort rejects it
    }
  }

  return {
    name: 'audit sweeper',
    async start() {
      running ??= run();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
