import { setTimeout as wait } from 'node:timers/promises';
import { GatewayError } from './failure.ts';
import type { GatewayClient } from './gateway-client.ts';
import { type SagaProgressFragment, SagaUpdatedDocument } from './generated/operations.ts';

const hasEnded = ({ state }: SagaProgressFragment) => state === 'COMPLETED' || state === 'COMPENSATED';
/** A saga that failed waits for a person; this command does not wait with it. */
const isSettled = (saga: SagaProgressFragment) => hasEnded(saga) || saga.state === 'FAILED';
const againMs = 500;

/**
 * Calls `onChange` for a saga as it stands and at each change, until it has ended or failed, or `signal` aborts.
 * @returns its last state. @throws GatewayError where there is none of that id.
 */
export async function followSaga(
  gateway: GatewayClient,
  id: string,
  { signal, onChange }: { signal?: AbortSignal; onChange: (saga: SagaProgressFragment, before: SagaProgressFragment | null) => void },
): Promise<SagaProgressFragment | null> {
  let last: SagaProgressFragment | null = null;
  while (!signal?.aborted) {
    for await (const { sagaUpdated } of gateway.subscribe(SagaUpdatedDocument, { id }, signal ? { signal } : {})) {
      onChange(sagaUpdated, last);
      last = sagaUpdated;
      if (isSettled(sagaUpdated)) return last;
    }
    // The gateway ended the stream though the saga goes on, as it does when it stops: it is asked again.
    await wait(againMs, undefined, signal ? { signal } : {}).catch((error: Error) => {
      if (error.name !== 'AbortError') throw error;
    });
  }
  return last;
}

/** @throws GatewayError where the saga needs a person. */
export function expectNoFailure(saga: SagaProgressFragment | null): void {
  if (saga?.state !== 'FAILED') return;
  throw new GatewayError(`Saga ${saga.id} has failed: ${saga.error ?? 'a compensation does not succeed'}`, {
    hint: `Mend what is in its way, then: comptoir saga retry ${saga.id}`,
  });
}
