import { commandNamed, type SagaDefinition, stepNamed } from './definition.ts';
import type { HistoryEntry, HistoryKind, SagaCommand, TimerChange } from './events.ts';
import { compensationsToCome, currentStep, type Direction, type Saga, type SagaState, type StepRecord } from './saga.ts';
import { mayMove } from './transitions.ts';

/** What an event makes of a saga: its next form, and what has to be done about it, all in one transaction. */
export interface Decision {
  readonly saga: Saga;
  readonly commands: readonly SagaCommand[];
  readonly timer: TimerChange;
  readonly history: readonly HistoryEntry[];
}

/** A decision in the making. The timer is kept unless something is sent or ends. */
export interface Draft {
  readonly definition: SagaDefinition;
  saga: Saga;
  readonly commands: SagaCommand[];
  timer: TimerChange;
  readonly history: HistoryEntry[];
}

export const createDraft = (definition: SagaDefinition, saga: Saga): Draft => ({
  definition,
  saga,
  commands: [],
  timer: { kind: 'KEEP' },
  history: [],
});

export function conclude({ saga, commands, timer, history }: Draft): Decision {
  return { saga: { ...saga, version: saga.version + 1 }, commands, timer, history };
}

export function change(draft: Draft, fields: Partial<Omit<Saga, 'state'>>): void {
  draft.saga = { ...draft.saga, ...fields };
}

/** @throws Error for a change of state that no saga of the definition makes: a fault of ours. */
export function moveTo(draft: Draft, state: SagaState): void {
  const { definition, saga } = draft;
  if (!mayMove(definition, saga.state, state)) throw new Error(`${definition.name} cannot go from ${saga.state} to ${state}`);
  draft.saga = { ...saga, state };
}

/** Changes the last step begun. */
export function changeLastStep(draft: Draft, fields: Partial<StepRecord>): void {
  const { steps } = draft.saga;
  change(draft, { steps: steps.map((record, index) => (index === steps.length - 1 ? { ...record, ...fields } : record)) });
}

/** Adds a line to the history: about the saga, or about its last step. */
export function note(draft: Draft, kind: HistoryKind, about: { step?: StepRecord; detail?: string | null } = {}): void {
  const { step, detail } = about;
  draft.history.push({
    kind,
    state: draft.saga.state,
    ...(step && { step: step.step, direction: step.direction, status: step.status }),
    ...(detail !== null && detail !== undefined && { detail }),
  });
}

export function noteLastStep(draft: Draft, kind: HistoryKind, detail?: string | null): void {
  note(draft, kind, { step: draft.saga.steps.at(-1), detail });
}

/** A step's or compensation's turn has come. While the saga is held its command waits. */
export function begin(draft: Draft, step: string, direction: Direction): void {
  const record: StepRecord = { step, direction, status: 'PENDING', attempts: 0, earlierAttempts: 0, error: null, lateReply: null };
  change(draft, { steps: [...draft.saga.steps, record] });
  if (draft.saga.paused) {
    draft.timer = { kind: 'CLEAR' };
    noteLastStep(draft, 'STEP_HELD');
  } else ask(draft);
}

/** Sends the command of the current step, for the first time or again, and sets the timer for its reply. */
export function ask(draft: Draft, detail?: string | null): void {
  const current = currentStep(draft.saga);
  if (!current) throw new Error(`saga ${draft.saga.id} has no step to ask for`);
  const { step, direction } = current;
  const { type, queue, request, timeoutsMs } = commandNamed(draft.definition, step);
  const attempt = current.attempts + 1;
  moveTo(draft, direction === 'COMPENSATION' ? 'COMPENSATING' : stepNamed(draft.definition, step).runningState);
  changeLastStep(draft, { status: 'RUNNING', attempts: attempt });
  draft.commands.push({ step, direction, attempt, type, queue, data: request(draft.saga.data) });
  // An operator's resume may ask more often than there are timeouts: the last one holds on.
  const afterMs = timeoutsMs[Math.min(attempt - current.earlierAttempts, timeoutsMs.length) - 1] ?? 0;
  draft.timer = { kind: 'SET', step, direction, attempt, afterMs };
  noteLastStep(draft, current.status === 'PENDING' ? 'STEP_STARTED' : 'STEP_REPEATED', detail);
}

/** Undoes: begins the next compensation of what has happened or may have, the last one first; ends the saga where none is left. */
export function compensate(draft: Draft, cause: string): void {
  draft.timer = { kind: 'CLEAR' };
  if (draft.saga.state !== 'COMPENSATING') {
    change(draft, { failure: draft.saga.failure ?? cause });
    moveTo(draft, 'COMPENSATING');
    note(draft, 'COMPENSATING', { detail: draft.saga.failure });
  }
  const [next] = compensationsToCome(draft.definition, draft.saga.steps);
  if (next) begin(draft, next, 'COMPENSATION');
  else end(draft, 'COMPENSATED');
}

export function end(draft: Draft, state: 'COMPLETED' | 'COMPENSATED'): void {
  change(draft, { paused: false });
  moveTo(draft, state);
  draft.timer = { kind: 'CLEAR' };
  note(draft, state);
}

/** The current step can neither be brought to its end nor left: an operator has to look. */
export function fail(draft: Draft, error: string): void {
  changeLastStep(draft, { status: 'FAILURE', error });
  noteLastStep(draft, 'STEP_FAILED', error);
  change(draft, { needsAttention: true });
  moveTo(draft, 'FAILED');
  draft.timer = { kind: 'CLEAR' };
  note(draft, 'FAILED', { detail: error });
}
