import type { SagaDefinition } from './definition.ts';
import { ask, change, changeLastStep, compensate, conclude, type Decision, type Draft, moveTo, note, noteLastStep } from './draft.ts';
import type { SagaAction } from './events.ts';
import { canGoBack, currentStep, hasEnded, type Saga } from './saga.ts';

/** What an operator can do with a saga as it stands. */
export function possibleActions(definition: SagaDefinition, saga: Saga): SagaAction[] {
  const { state, paused, cancelRequested, steps } = saga;
  if (hasEnded(saga)) return [];
  if (state === 'FAILED') return ['RETRY'];
  if (!currentStep(saga)) return [];
  const canCancel = state !== 'COMPENSATING' && !cancelRequested && canGoBack(definition, steps);
  return [paused ? 'RESUME' : 'PAUSE', ...(canCancel ? (['CANCEL'] as const) : [])];
}

/** What becomes of a saga by an operator's action, which has to be a possible one. */
export const actions: Readonly<Record<SagaAction, (draft: Draft, by: string) => Decision>> = {
  /** Nothing happens by itself from now on: what is under way may be answered, and what comes next is held. */
  PAUSE(draft, by) {
    change(draft, { paused: true });
    draft.timer = { kind: 'CLEAR' };
    note(draft, 'PAUSED', { detail: `by ${by}` });
    return conclude(draft);
  },

  /** Asks (again) for the step whose turn it is: a reply may have been lost while the saga was held. */
  RESUME(draft, by) {
    change(draft, { paused: false });
    note(draft, 'RESUMED', { detail: `by ${by}` });
    ask(draft);
    return conclude(draft);
  },

  /** Lets go of a pause. A step that is running is waited for, its reply or one more silence: then everything is undone. */
  CANCEL(draft, by) {
    const { paused } = draft.saga;
    const cause = `cancelled by ${by}`;
    change(draft, { cancelRequested: true, paused: false, failure: cause });
    note(draft, 'CANCEL_REQUESTED', { detail: `by ${by}` });
    if (currentStep(draft.saga)?.status === 'PENDING') {
      // Its turn had come and nothing was sent: there is nothing of it to undo.
      changeLastStep(draft, { status: 'SKIPPED' });
      noteLastStep(draft, 'STEP_SKIPPED');
      compensate(draft, cause);
    } else if (paused) ask(draft);
    return conclude(draft);
  },

  /** Begins the tries of the step that has failed anew. */
  RETRY(draft, by) {
    const failed = draft.saga.steps.at(-1);
    if (!failed) throw new Error(`saga ${draft.saga.id} has failed without a step`);
    change(draft, { needsAttention: false });
    changeLastStep(draft, { status: 'RUNNING', earlierAttempts: failed.attempts });
    if (failed.direction === 'COMPENSATION') moveTo(draft, 'COMPENSATING');
    note(draft, 'RETRIED', { step: failed, detail: `by ${by}` });
    ask(draft);
    return conclude(draft);
  },
};
