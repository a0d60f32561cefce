/** How far a batch was at a moment. */
export interface Sample {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly completed: number;
}

const windowMs = 15_000;

/** Keeps the samples of the last seconds, and one before them to measure from. */
export function addSample(samples: readonly Sample[], sample: Sample): Sample[] {
  const last = samples.at(-1);
  if (last !== undefined && last.completed === sample.completed) return [...samples];
  const recent = [...samples, sample];
  const first = recent.findIndex(({ at }) => sample.at - at <= windowMs);
  return recent.slice(Math.max(0, first - 1));
}

/** Results per second over the last seconds; null before two samples. A standstill lowers it as time goes by. */
export function recentRate(samples: readonly Sample[], now: number): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || first === last) return null;
  const seconds = (Math.max(now, last.at) - first.at) / 1000;
  return seconds <= 0 ? null : (last.completed - first.completed) / seconds;
}

/** Seconds until all is done at this rate; null where nothing can be said. */
export function secondsLeft(total: number, completed: number, perSecond: number | null): number | null {
  return perSecond === null || perSecond <= 0 ? null : (total - completed) / perSecond;
}
