/** Faults as `file:line: what is wrong`; none: the check passed. */
export interface Check {
  readonly name: string;
  /** What to do about faults. */
  readonly mend: string;
  readonly find: () => Promise<readonly string[]>;
}
