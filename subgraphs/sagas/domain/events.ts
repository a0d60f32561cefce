import type { MessageType } from '@comptoir/schema/messages.ts';
import type { Direction, ReplyOutcome, SagaState, StepStatus } from './saga.ts';

/** What an operator can do. */
export const sagaActions = ['PAUSE', 'RESUME', 'CANCEL', 'RETRY'] as const;
export type SagaAction = (typeof sagaActions)[number];

export interface SagaReply {
  readonly kind: 'REPLY';
  readonly step: string;
  readonly direction: Direction;
  readonly outcome: ReplyOutcome;
  /** Why it was refused, for a person. */
  readonly reason?: string;
  /** What later steps need. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** The current step has had no reply since its `attempt`th command. */
export interface SagaTimeout {
  readonly kind: 'TIMEOUT';
  readonly step: string;
  readonly direction: Direction;
  readonly attempt: number;
}

/** What can happen to a saga; JSON, and kept in its history, so that what became of it can be worked out again. */
export type SagaEvent = { readonly kind: 'START' } | SagaReply | SagaTimeout | { readonly kind: SagaAction; readonly by: string };

/** A command to send. Its message id follows from saga, step and direction, so that every repetition is the same message. */
export interface SagaCommand {
  readonly step: string;
  readonly direction: Direction;
  readonly attempt: number;
  readonly type: MessageType;
  readonly queue: string;
  readonly data: object;
}

/** What becomes of the one timer of a saga, which says when to ask again. */
export type TimerChange =
  | { readonly kind: 'KEEP' }
  | { readonly kind: 'CLEAR' }
  | { readonly kind: 'SET'; readonly step: string; readonly direction: Direction; readonly attempt: number; readonly afterMs: number };

export type HistoryKind =
  | 'STARTED'
  | 'STEP_STARTED'
  | 'STEP_HELD'
  | 'STEP_REPEATED'
  | 'STEP_SUCCEEDED'
  | 'STEP_REFUSED'
  | 'STEP_IN_DOUBT'
  | 'STEP_FAILED'
  | 'STEP_SKIPPED'
  | 'LATE_REPLY'
  | 'PAUSED'
  | 'RESUMED'
  | 'CANCEL_REQUESTED'
  | 'RETRIED'
  | 'COMPENSATING'
  | 'COMPENSATED'
  | 'COMPLETED'
  | 'FAILED';

/** A line of the saga's history. */
export interface HistoryEntry {
  readonly kind: HistoryKind;
  /** The state after it. */
  readonly state: SagaState;
  readonly step?: string;
  readonly direction?: Direction;
  /** The step's, after it. */
  readonly status?: StepStatus;
  readonly detail?: string;
}
