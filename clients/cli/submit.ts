import { randomUUID } from 'node:crypto';
import { type Calculation, resultsOf } from './calculation.ts';
import { GatewayError } from './failure.ts';
import type { GatewayClient } from './gateway-client.ts';
import {
  CalculationCompletedDocument,
  type ResultLineFragment,
  type Source,
  SubmitCalculationDocument,
  TaskDocument,
} from './generated/operations.ts';

/** Submits one calculation, safe to repeat. @returns the task's id. */
export async function submit(gateway: GatewayClient, calculation: Calculation, source: Source): Promise<string> {
  const { submitCalculation } = await gateway.request(SubmitCalculationDocument, {
    input: { ...calculation, source },
    idempotencyKey: randomUUID(),
  });
  if (submitCalculation.__typename === 'CalculationSubmitted') return submitCalculation.task.id;
  throw new GatewayError(submitCalculation.message);
}

/**
 * Submits a calculation and calls `onResult` for each of its results as it comes, each once.
 * The live feed is opened first, and what it may have missed is read when it opens or comes back.
 * @throws GatewayError when not all results came within `timeoutMs`.
 */
export async function submitAndWait(
  gateway: GatewayClient,
  calculation: Calculation,
  { timeoutMs, onResult }: { timeoutMs: number; onResult: (result: ResultLineFragment) => void },
): Promise<void> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort('timeout'), timeoutMs);
  const missing = resultsOf(calculation);
  const seen = new Set<string>();
  const take = (result: ResultLineFragment) => {
    if (seen.has(result.id)) return;
    seen.add(result.id);
    onResult(result);
    if (seen.size === missing) stop.abort('complete');
  };
  let id: string | undefined;
  const catchUp = async () => {
    if (!id) return;
    const { task } = await gateway.request(TaskDocument, { id });
    for (const result of task?.results ?? []) take(result);
  };
  try {
    const events = gateway.subscribe(CalculationCompletedDocument, {}, { signal: stop.signal });
    gateway.onFeed((state) => {
      if (state === 'live') catchUp().catch((error) => stop.abort(error));
    });
    const listening = (async () => {
      for await (const { calculationCompleted } of events) if (calculationCompleted.task.id === id) take(calculationCompleted);
    })();
    await Promise.all([
      listening,
      (async () => {
        id = await submit(gateway, calculation, 'WEB');
        await catchUp();
      })(),
    ]);
  } finally {
    clearTimeout(timer);
    stop.abort('complete');
  }
  if (stop.signal.reason instanceof Error) throw stop.signal.reason;
  if (seen.size < missing) {
    throw new GatewayError(`Task ${id}: ${seen.size} of ${missing} results after ${timeoutMs / 1000} s`, {
      hint: 'Workers may be busy or missing: comptoir doctor. The task goes on; comptoir watch shows its results.',
    });
  }
}
