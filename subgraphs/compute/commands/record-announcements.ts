import type { Database } from '@comptoir/platform/database.ts';
import { type Announcement, forgetWorkers, saveAnnouncements } from '../store/workers.ts';

/** Workers that have not been heard of for so long are forgotten. */
const rememberMs = 86_400_000;

/** Keeps what workers say of themselves. */
export async function recordAnnouncements(database: Database, announcements: readonly Announcement[], signal?: AbortSignal): Promise<void> {
  await database.transaction(
    async (em) => {
      const now = new Date();
      await saveAnnouncements(em, announcements, now);
      if (announcements.some(({ state }) => state === 'GONE')) await forgetWorkers(em, new Date(now.getTime() - rememberMs));
    },
    { signal },
  );
}
