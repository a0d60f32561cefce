/** The steps whose compensation may come before them. */
export const guardedSteps = ['CREATE_ORDER', 'PROCESS_PAYMENT'] as const;
export type GuardedStep = (typeof guardedSteps)[number];

/** What a participant answers. */
export type Answer =
  | { readonly outcome: 'SUCCESS'; readonly data?: Record<string, unknown> }
  | { readonly outcome: 'REFUSED'; readonly code: string; readonly reason: string; readonly data?: Record<string, unknown> };

export const success = (data?: Record<string, unknown>): Answer => ({ outcome: 'SUCCESS', ...(data && { data }) });
export const refused = (code: string, reason: string): Answer => ({ outcome: 'REFUSED', code, reason });

/** Refused this time and not for good: nothing is kept of it, so that the same command can succeed when it comes again. */
export class RefusedForNow extends Error {
  override readonly name = 'RefusedForNow';
  readonly answer: Answer;

  constructor(code: string, reason: string) {
    super(reason);
    this.answer = refused(code, reason);
  }
}

/** Nothing was heard of the customer yet: the news of its creation may still be on its way. */
export class CustomerAwaited extends Error {
  override readonly name = 'CustomerAwaited';
  readonly customerId: number;

  constructor(customerId: number) {
    super(`nothing was heard of customer ${customerId} yet`);
    this.customerId = customerId;
  }
}
