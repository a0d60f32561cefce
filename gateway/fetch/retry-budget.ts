export interface RetryBudgetConfig {
  /** Retries for each request, as a share of one. */
  readonly share: number;
  /** How many may be saved up, which is also what there is at first. */
  readonly most: number;
}

export const defaultRetryBudget: RetryBudgetConfig = { share: 0.2, most: 50 };

/** Bounds the retries to a share of the requests: a service that fails for all is not asked three times as often for it. */
export interface RetryBudget {
  /** A request is made for the first time. */
  earn(): void;
  /** Whether one more may be made. */
  spend(): boolean;
}

export function createRetryBudget({ share, most }: RetryBudgetConfig = defaultRetryBudget): RetryBudget {
  let left = most;
  return {
    earn() {
      left = Math.min(most, left + share);
    },
    spend() {
      if (left < 1) return false;
      left--;
      return true;
    },
  };
}
