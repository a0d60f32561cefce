import { actions, possibleActions } from './actions.ts';
import { commandNamed, type SagaDefinition, stepNamed } from './definition.ts';
import {
  ask,
  begin,
  change,
  changeLastStep,
  compensate,
  conclude,
  createDraft,
  type Decision,
  type Draft,
  end,
  fail,
  moveTo,
  note,
  noteLastStep,
} from './draft.ts';
import type { SagaEvent, SagaReply, SagaTimeout } from './events.ts';
import { canGoBack, currentStep, endStates, hasEnded, type Saga, type StepRecord } from './saga.ts';

export type { Decision } from './draft.ts';

/**
 * The whole logic of sagas, pure: no clock, no database, no broker. An event that is not for the saga as it stands (a repeated reply, a timer
 * that was overtaken, an action that is not possible) changes nothing: null. So every event can be given any number of times.
 */
export function decide(definition: SagaDefinition, saga: Saga, event: SagaEvent): Decision | null {
  if (hasEnded(saga)) return null;
  const draft = createDraft(definition, saga);
  switch (event.kind) {
    case 'START':
      return saga.version === 0 ? start(draft) : null;
    case 'REPLY':
      return takeReply(draft, event);
    case 'TIMEOUT':
      return takeTimeout(draft, event);
    default:
      return possibleActions(definition, saga).includes(event.kind) ? actions[event.kind](draft, event.by) : null;
  }
}

function start(draft: Draft): Decision {
  const [first] = draft.definition.steps;
  if (!first) throw new Error(`${draft.definition.name} has no step`);
  note(draft, 'STARTED');
  begin(draft, first.forward.name, 'FORWARD');
  return conclude(draft);
}

function takeReply(draft: Draft, reply: SagaReply): Decision | null {
  const { saga } = draft;
  const last = saga.steps.at(-1);
  const isForLast = last?.step === reply.step && last.direction === reply.direction;
  const awaited = isForLast && last.status === 'RUNNING';
  // What was given up has happened after all: nobody needs to look any more.
  const healed = isForLast && saga.state === 'FAILED' && reply.outcome === 'SUCCESS';
  if (!awaited && !healed) return lateReply(draft, reply);
  if (reply.outcome === 'SUCCESS') return succeed(draft, last, reply);
  return refuse(draft, last, reply.reason ?? `${reply.step} was refused`);
}

function succeed(draft: Draft, { step, direction }: StepRecord, reply: SagaReply): Decision {
  draft.timer = { kind: 'CLEAR' };
  changeLastStep(draft, { status: 'SUCCESS', error: null });
  change(draft, { data: { ...draft.saga.data, ...reply.data }, needsAttention: false });
  const reached = direction === 'COMPENSATION' ? 'COMPENSATING' : stepNamed(draft.definition, step).doneState;
  // The end is no step's to reach: a saga that was cancelled goes back from its last step.
  if (!endStates.includes(reached)) moveTo(draft, reached);
  noteLastStep(draft, 'STEP_SUCCEEDED');
  advance(draft, step, direction);
  return conclude(draft);
}

function advance(draft: Draft, step: string, direction: StepRecord['direction']): void {
  const { steps } = draft.definition;
  const { cancelRequested, failure } = draft.saga;
  // Also after the last step: who was told that it is cancelled is not to find it completed.
  if (direction === 'COMPENSATION' || cancelRequested) {
    compensate(draft, failure ?? 'cancelled');
    return;
  }
  const next = steps[steps.findIndex(({ forward }) => forward.name === step) + 1];
  if (next) begin(draft, next.forward.name, 'FORWARD');
  else end(draft, 'COMPLETED');
}

/** A refusal means that nothing has happened. What has to succeed, because there is no other way, is asked for again when its time is up. */
function refuse(draft: Draft, { step, direction, error }: StepRecord, reason: string): Decision | null {
  const others = draft.saga.steps.slice(0, -1);
  if (direction === 'COMPENSATION' || !canGoBack(draft.definition, others)) {
    if (error === reason) return null;
    changeLastStep(draft, { error: reason });
    noteLastStep(draft, 'STEP_REFUSED', reason);
    return conclude(draft);
  }
  changeLastStep(draft, { status: 'FAILURE', error: reason });
  noteLastStep(draft, 'STEP_REFUSED', reason);
  compensate(draft, `${step}: ${reason}`);
  return conclude(draft);
}

/** Kept for the history, once, and for what it tells; the compensation of a step in doubt covers either outcome. */
function lateReply(draft: Draft, { step, direction, outcome, reason, data }: SagaReply): Decision | null {
  const { steps } = draft.saga;
  const record = steps.find((candidate) => candidate.step === step && candidate.direction === direction);
  if (record?.status !== 'IN_DOUBT' || record.lateReply !== null) return null;
  const answered: StepRecord = { ...record, lateReply: outcome };
  change(draft, {
    steps: steps.map((candidate) => (candidate === record ? answered : candidate)),
    ...(outcome === 'SUCCESS' && { data: { ...draft.saga.data, ...data } }),
  });
  note(draft, 'LATE_REPLY', { step: answered, detail: outcome === 'SUCCESS' ? outcome : `${outcome}: ${reason ?? ''}` });
  return conclude(draft);
}

function takeTimeout(draft: Draft, { step, direction, attempt }: SagaTimeout): Decision | null {
  const { definition, saga } = draft;
  const current = currentStep(saga);
  if (saga.paused || current?.status !== 'RUNNING') return null;
  if (current.step !== step || current.direction !== direction || current.attempts !== attempt) return null;
  const { timeoutsMs } = commandNamed(definition, step);
  const tries = attempt - current.earlierAttempts;
  // What is to be undone anyway is not asked for again.
  if (tries < timeoutsMs.length && !(saga.cancelRequested && direction === 'FORWARD')) {
    ask(draft, current.error);
    return conclude(draft);
  }
  const silence = `no reply to ${tries} ${tries === 1 ? 'command' : 'commands'}`;
  if (direction === 'COMPENSATION' || !canGoBack(definition, saga.steps)) {
    fail(draft, current.error ?? silence);
    return conclude(draft);
  }
  const error = `${silence}: it may have happened`;
  changeLastStep(draft, { status: 'IN_DOUBT', error });
  noteLastStep(draft, 'STEP_IN_DOUBT', error);
  compensate(draft, `${step}: ${error}`);
  return conclude(draft);
}
