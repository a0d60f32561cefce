import { commandNamed, compensationOf, type SagaData, type SagaDefinition, stepNamed } from './definition.ts';

export const sagaStates = [
  'PENDING',
  'STOCK_CHECKING',
  'STOCK_RESERVED',
  'ORDER_CREATED',
  'PAYMENT_PROCESSING',
  'PAYMENT_COMPLETED',
  'REFUND_PROCESSING',
  'REFUNDED',
  'RESTOCKED',
  'COMPLETED',
  'COMPENSATING',
  'COMPENSATED',
  'FAILED',
] as const;

export type SagaState = (typeof sagaStates)[number];

/** FAILED is no end: an operator, or a reply that comes after all, lets it go on. */
export const endStates: readonly SagaState[] = ['COMPLETED', 'COMPENSATED'];

export const directions = ['FORWARD', 'COMPENSATION'] as const;
export type Direction = (typeof directions)[number];

export const stepStatuses = ['PENDING', 'RUNNING', 'SUCCESS', 'FAILURE', 'IN_DOUBT', 'SKIPPED'] as const;
/** PENDING: its turn has come, and its command is held back by a pause. SKIPPED: cancelled while it was. */
export type StepStatus = (typeof stepStatuses)[number];

export type ReplyOutcome = 'SUCCESS' | 'REFUSED';

/** A step or compensation that was begun. */
export interface StepRecord {
  readonly step: string;
  readonly direction: Direction;
  readonly status: StepStatus;
  /** Commands sent for it. */
  readonly attempts: number;
  /** Those of them that were sent before an operator's last retry, which begins to count anew. */
  readonly earlierAttempts: number;
  readonly error: string | null;
  /** What a reply said that came after the step was in doubt. */
  readonly lateReply: ReplyOutcome | null;
}

export interface Saga {
  readonly id: string;
  readonly definition: string;
  readonly definitionVersion: number;
  readonly state: SagaState;
  readonly data: SagaData;
  /** In the order they were begun; the last one is the current one while the saga is under way. */
  readonly steps: readonly StepRecord[];
  /** The first thing that went wrong; what a compensation says is with that. */
  readonly failure: string | null;
  readonly paused: boolean;
  readonly cancelRequested: boolean;
  readonly needsAttention: boolean;
  /** Counts up with every event that changed something. */
  readonly version: number;
}

export function newSaga(id: string, definition: { name: string; version: number }, data: SagaData): Saga {
  return {
    id,
    definition: definition.name,
    definitionVersion: definition.version,
    state: 'PENDING',
    data,
    steps: [],
    failure: null,
    paused: false,
    cancelRequested: false,
    needsAttention: false,
    version: 0,
  };
}

export const hasEnded = ({ state }: Pick<Saga, 'state'>) => endStates.includes(state);

/** The step or compensation whose turn it is; undefined before the start, after the end and while the saga has failed. */
export function currentStep({ steps }: Pick<Saga, 'steps'>): StepRecord | undefined {
  const last = steps.at(-1);
  return last && (last.status === 'RUNNING' || last.status === 'PENDING') ? last : undefined;
}

/** Whether everything that has happened, or may have, can be undone. */
export function canGoBack(definition: SagaDefinition, steps: readonly StepRecord[]): boolean {
  return steps.every(
    ({ step, direction, status }) =>
      direction === 'COMPENSATION' ||
      !['RUNNING', 'SUCCESS', 'IN_DOUBT'].includes(status) ||
      stepNamed(definition, step).compensation !== 'IMPOSSIBLE',
  );
}

/** The compensations that are not begun yet of what has happened or may have, in the order they are to run. */
export function compensationsToCome(definition: SagaDefinition, steps: readonly StepRecord[]): string[] {
  const begun = new Set(steps.filter(({ direction }) => direction === 'COMPENSATION').map(({ step }) => step));
  return steps
    .toReversed()
    .filter(({ direction, status }) => direction === 'FORWARD' && (status === 'SUCCESS' || status === 'IN_DOUBT'))
    .flatMap(({ step }) => compensationOf(stepNamed(definition, step))?.name ?? [])
    .filter((name) => !begun.has(name));
}

/** What is wrong with a saga, for a person: the cause, and the compensation or step that keeps failing. */
export function errorOf(definition: SagaDefinition, { state, failure, steps }: Pick<Saga, 'state' | 'failure' | 'steps'>): string | null {
  if (state !== 'FAILED') return failure;
  const last = steps.at(-1);
  if (!last) return failure;
  const stuck = `${last.step} by ${commandNamed(definition, last.step).participant} keeps failing: ${last.error}`;
  return failure === null ? stuck : `${failure}; ${stuck}`;
}
