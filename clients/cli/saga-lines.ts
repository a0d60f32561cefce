import colors from 'picocolors';
import type { SagaProgressFragment, SagaState, StepProgressFragment } from './generated/operations.ts';

const paintState = (state: SagaState) => {
  if (state === 'COMPLETED') return colors.green(state);
  if (state === 'FAILED') return colors.red(state);
  if (state === 'COMPENSATED' || state === 'COMPENSATING') return colors.yellow(state);
  return colors.cyan(state);
};

const stepMarks = {
  PENDING: colors.dim('·'),
  RUNNING: colors.cyan('…'),
  SUCCESS: colors.green('✓'),
  FAILURE: colors.red('✗'),
  IN_DOUBT: colors.yellow('?'),
  SKIPPED: colors.dim('−'),
};

export interface SagaLine {
  readonly id: string;
  readonly state: SagaState;
  readonly paused: boolean;
  readonly duration: number;
  readonly createdAt: string;
  readonly error: string | null;
  readonly order: { readonly id: string } | null;
  readonly customer: { readonly id: string } | null;
}

/** One saga on one line of a list. */
export function sagaLine({ id, state, paused, duration, createdAt, error, order, customer }: SagaLine): string {
  const about = [
    order && `order ${order.id}`,
    customer && `customer ${customer.id}`,
    `${duration.toFixed(1)} s`,
    paused && 'paused',
    error,
  ];
  const at = new Date(createdAt);
  const isToday = at.toDateString() === new Date().toDateString();
  const time = isToday
    ? at.toLocaleTimeString('en-GB')
    : at.toLocaleString('en-GB', { day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit' });
  return `${colors.dim(time)}  ${id}  ${paintState(state)}${' '.repeat(Math.max(0, 18 - state.length))}  ${colors.dim(about.filter(Boolean).join(' · '))}`;
}

/** A step as it stands; the same text as long as nothing about it that is worth a line has changed. */
function stepLine({ step, direction, status, attempts, duration, error }: StepProgressFragment): string {
  const about = [
    duration !== null && status !== 'RUNNING' && `${duration.toFixed(1)} s`,
    attempts > 1 && `sent ${attempts} times`,
    status === 'IN_DOUBT' && 'no reply',
    error,
  ].filter(Boolean);
  const name = direction === 'COMPENSATION' ? `↩ ${step}` : step;
  return `  ${stepMarks[status]} ${name.padEnd(18)} ${colors.dim(about.join(' · '))}`.trimEnd();
}

/**
 * What is new about a saga since the state before, line by line: steps that began, were sent again or ended, and a new state.
 * @param before null for what is looked at for the first time.
 */
export function newsOf(saga: SagaProgressFragment, before: SagaProgressFragment | null): string[] {
  const told = new Set(before === null ? [] : [...before.steps, ...before.compensations].map(stepLine));
  const lines = [...saga.steps, ...saga.compensations]
    .filter(({ status }) => status !== 'PENDING' && status !== 'SKIPPED')
    // A step that has just begun says so by its outcome a moment later; one that has to be asked again is worth a line.
    .filter(({ status, attempts }) => status !== 'RUNNING' || attempts > 1 || before === null)
    .map(stepLine)
    .filter((line) => !told.has(line));
  if (saga.paused && !before?.paused) lines.push(colors.yellow('  paused'));
  if (before?.paused && !saga.paused) lines.push('  resumed');
  if (saga.cancelRequested && !before?.cancelRequested) lines.push(colors.yellow('  cancellation requested'));
  if (saga.state !== before?.state) lines.push(paintState(saga.state));
  return lines;
}

/** How it came out, in one line. */
export function outcomeLine({ state, error, order, duration }: SagaProgressFragment): string {
  const mark = state === 'COMPLETED' ? colors.green('✓') : state === 'COMPENSATED' ? colors.yellow('↩') : colors.red('✗');
  const about = [order && `order ${order.id}`, `${duration.toFixed(1)} s`, error].filter(Boolean).join(' · ');
  return `${mark} ${state}  ${colors.dim(about)}`;
}
