import type { Resolvers } from '@comptoir/schema/generated/resolvers-sagas.ts';
import type { SagasContext } from '../context.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { possibleActions } from '../domain/actions.ts';
import { commandNamed, compensationOf, type SagaDefinition, type StepDefinition } from '../domain/definition.ts';
import { compensationsToCome, type Direction, errorOf, hasEnded, type StepStatus } from '../domain/saga.ts';
import type { SagaRow, StepRow } from '../store/read-sagas.ts';

const secondsBetween = (from: Date, to: Date | null) => Math.max(0, ((to ?? new Date()).getTime() - from.getTime()) / 1_000);

/** A step as it is shown, begun or not. */
function stepView(definition: SagaDefinition, step: string, direction: Direction, status: StepStatus, row?: StepRow) {
  return {
    step,
    direction,
    status,
    attempts: row?.attempts ?? 0,
    participant: commandNamed(definition, step).participant,
    duration: row?.startedAt ? secondsBetween(row.startedAt, row.endedAt) : null,
    error: row?.error ?? null,
    startedAt: row?.startedAt ?? null,
    endedAt: row?.endedAt ?? null,
  };
}

/** All the definition has: those that were not begun will be, or are not needed any more. */
function forwardSteps(definition: SagaDefinition, { steps, state }: SagaRow) {
  const ahead =
    ['COMPENSATING', 'COMPENSATED'].includes(state) || steps.some(({ direction }) => direction === 'COMPENSATION') ? 'SKIPPED' : 'PENDING';
  return definition.steps.map(({ forward: { name } }) => {
    const row = steps.find(({ step, direction }) => step === name && direction === 'FORWARD');
    return stepView(definition, name, 'FORWARD', row?.status ?? ahead, row);
  });
}

/** Those that were begun, and those that are to come while the saga goes back. */
function compensations(definition: SagaDefinition, { steps, state }: SagaRow) {
  const begun = steps.filter(({ direction }) => direction === 'COMPENSATION');
  const toCome = state === 'COMPENSATING' || (state === 'FAILED' && begun.length > 0) ? compensationsToCome(definition, steps) : [];
  return [
    ...begun.map((row) => stepView(definition, row.step, 'COMPENSATION', row.status, row)),
    ...toCome.map((name) => stepView(definition, name, 'COMPENSATION', 'PENDING')),
  ];
}

/** To the subgraph that owns it; null where the saga does not know it yet. */
const reference = <Name extends string>(__typename: Name, id: unknown) =>
  typeof id === 'number' || typeof id === 'string' ? { __typename, id: String(id) } : null;

export function createEntityResolvers({ definitions }: { definitions: Definitions }) {
  const definitionOf = (saga: SagaRow) => definitions.pinned(saga);
  // In a constant of its own: the generated types do not know of references.
  const Saga = {
    __resolveReference: ({ id }: { id: string }, { loaders }: SagasContext) => loaders.saga.load(id),
    steps: (saga: SagaRow) => forwardSteps(definitionOf(saga), saga),
    compensations: (saga: SagaRow) => compensations(definitionOf(saga), saga),
    events: ({ id }: SagaRow, _: unknown, { loaders }: SagasContext) => loaders.history.load(id),
    error: (saga: SagaRow) => errorOf(definitionOf(saga), saga),
    order: ({ data }: SagaRow) => reference('Order', data.order_id),
    customer: ({ data }: SagaRow) => reference('Customer', data.customer_id),
    actions: (saga: SagaRow) => possibleActions(definitionOf(saga), saga),
    duration: ({ createdAt, endedAt }: SagaRow) => secondsBetween(createdAt, endedAt),
    nextTimerAt: (saga: SagaRow) => (hasEnded(saga) ? null : saga.nextTimerAt),
  };
  return {
    Saga,
    SagaStepDefinition: {
      step: ({ forward }: StepDefinition) => forward.name,
      participant: ({ forward }: StepDefinition) => forward.participant,
      compensation: (step: StepDefinition) => compensationOf(step)?.name ?? null,
      timeouts: ({ forward }: StepDefinition) => forward.timeoutsMs.map((ms) => ms / 1_000),
      pivot: ({ pivot }: StepDefinition) => pivot ?? false,
    },
  } satisfies Resolvers<SagasContext>;
}
