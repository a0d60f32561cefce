export const workerStates = ['IDLE', 'BUSY', 'GONE'] as const;
/** What a worker said of itself last. */
export type AnnouncedState = (typeof workerStates)[number];
/** UNKNOWN: a worker that never says, known from its results only. */
export type WorkerState = AnnouncedState | 'UNKNOWN';

/** Time between two announcements of a worker that has nothing new to say. */
export const announceIntervalMs = 5_000;
/** A worker that has been silent for three announcements is taken for gone. */
export const silenceMs = 3 * announceIntervalMs;

export function workerState(worker: { announced: boolean; state: AnnouncedState; lastSeenAt: Date }, now = new Date()): WorkerState {
  if (!worker.announced) return 'UNKNOWN';
  return now.getTime() - worker.lastSeenAt.getTime() > silenceMs ? 'GONE' : worker.state;
}
