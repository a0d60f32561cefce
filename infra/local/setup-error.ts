/** Something is missing or wrong on this machine. The message says what and how to mend it; it is shown as it is, without a stack. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}
