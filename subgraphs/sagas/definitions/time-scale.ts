const secondsToMs = 1_000;

/** Below 1 for tests that do not wait for minutes. */
export interface TimeScale {
  readonly steps: number;
  /** Of what has to succeed. */
  readonly compensations: number;
}

/** Milliseconds of these seconds, at a scale. */
export const timeouts =
  (scale: number) =>
  (...seconds: readonly number[]): number[] =>
    seconds.map((each) => Math.max(1, Math.round(each * secondsToMs * scale)));

/** A step is asked for five times within a minute. */
export const stepTimeouts = [2, 4, 8, 16, 30] as const;
/** Past the pivot, about five minutes. */
export const longTimeouts = [...stepTimeouts, 60, 60, 60, 60] as const;
/** What has to succeed is asked for fifteen times, within about eleven minutes, before a person is. */
export const compensationTimeouts = [...stepTimeouts, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60] as const;
