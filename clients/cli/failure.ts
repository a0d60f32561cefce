import colors from 'picocolors';

/** Bad input: the command line was wrong, nothing was sent. Exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}

/** The gateway cannot be reached or refused. `hint` says what to do, `code` is the gateway's where it has answered. Exit code 1. */
export class GatewayError extends Error {
  override name = 'GatewayError';
  readonly hint: string | undefined;
  readonly code: string | undefined;

  constructor(message: string, options: { hint?: string | undefined; code?: string | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.hint = options.hint;
    this.code = options.code;
  }
}

/** Prints what went wrong and how to mend it to standard error. Returns the exit code. */
export function reportFailure(error: unknown): number {
  if (error instanceof UsageError) {
    for (const fault of error.faults) console.error(`${colors.red('✗')} ${fault}`);
    return 2;
  }
  if (error instanceof GatewayError) {
    console.error(`${colors.red('✗')} ${error.message}`);
    if (error.hint) console.error(`  ${colors.dim(error.hint)}`);
    return 1;
  }
  console.error(error);
  return 1;
}
