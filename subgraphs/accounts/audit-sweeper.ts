import type { Database } from '@comptoir/platform/database.ts';
import type { Log } from '@comptoir/platform/log.ts';
import type { Service } from '@comptoir/platform/service.ts';
import { createSweeper } from '@comptoir/platform/sweeper.ts';
import { forgetAudit } from './commands/forget-audit.ts';

/** Deletes, every so often, what is older in the audit log than `days`. Any number of instances may run. */
export function createAuditSweeper(
  { days, intervalMs }: { days: number; intervalMs: number },
  { database, log }: { database: Database; log: Log },
): Service {
  async function sweep(): Promise<boolean> {
    const entries = await forgetAudit(database, days);
    if (entries === 0) return false;
    log.info({ event: 'audit_forgotten', entries, olderThanDays: days }, 'old entries of the audit log were deleted');
    return true;
  }
  return createSweeper({ name: 'audit sweeper', intervalMs, sweep }, { log });
}
