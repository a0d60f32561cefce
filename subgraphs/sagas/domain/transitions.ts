import type { SagaDefinition } from './definition.ts';
import { endStates, type SagaState } from './saga.ts';

export type Transition = readonly [from: SagaState, to: SagaState];

const known = new WeakMap<SagaDefinition, readonly Transition[]>();

/** Every change of state that a saga of this definition can make. */
export function transitionsOf(definition: SagaDefinition): readonly Transition[] {
  const found = known.get(definition);
  if (found) return found;
  const { steps } = definition;
  const forward = steps.flatMap(({ runningState, doneState }, index): Transition[] => [
    [steps[index - 1]?.doneState ?? 'PENDING', runningState],
    [runningState, doneState],
  ]);
  const under = [...new Set(steps.flatMap(({ runningState, doneState }) => [runningState, doneState]))].filter(
    (state) => !endStates.includes(state),
  );
  // A step that cannot be undone and gets no answer leaves the saga failed, and goes on from there.
  const stuck = steps.some(({ compensation }) => compensation === 'IMPOSSIBLE')
    ? steps.flatMap(({ runningState, doneState }): Transition[] => [
        [runningState, 'FAILED'],
        ['FAILED', runningState],
        ['FAILED', doneState],
      ])
    : [];
  const back: Transition[] = [
    ...under.map((state): Transition => [state, 'COMPENSATING']),
    ['COMPENSATING', 'COMPENSATED'],
    ['COMPENSATING', 'FAILED'],
    ['FAILED', 'COMPENSATING'],
  ];
  const transitions = [...forward, ...stuck, ...back].filter(([from, to]) => from !== to);
  known.set(definition, transitions);
  return transitions;
}

export const mayMove = (definition: SagaDefinition, from: SagaState, to: SagaState) =>
  from === to || transitionsOf(definition).some(([before, after]) => before === from && after === to);
