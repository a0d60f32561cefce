import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decision, decide } from './decide.ts';
import { compensationOf, type SagaDefinition } from './definition.ts';
import type { SagaEvent } from './events.ts';
import { currentStep, hasEnded, newSaga, type Saga } from './saga.ts';
import { answers, cancellation, createPlay, dataOf, processing, refund } from './testing/play.ts';
import { mayMove } from './transitions.ts';

const definitions = fc.constantFrom(processing, cancellation, refund);

/** An event as the world may bring it: mostly for the step whose turn it is, now and then for any other, or a repetition of an earlier one. */
type Stimulus =
  | { kind: 'EVENT'; event: SagaEvent }
  | { kind: 'ANSWER'; outcome: 'SUCCESS' | 'REFUSED' }
  | { kind: 'TIME_OUT' }
  | { kind: 'REPEAT'; back: number };

const steps = [...processing.steps, ...cancellation.steps].flatMap((step) => [step.forward.name, compensationOf(step)?.name ?? []].flat());
const direction = fc.constantFrom('FORWARD' as const, 'COMPENSATION' as const);
const anyEvent: fc.Arbitrary<SagaEvent> = fc.oneof(
  fc.constant({ kind: 'START' as const }),
  fc.record({
    kind: fc.constant('REPLY' as const),
    step: fc.constantFrom(...steps),
    direction,
    outcome: fc.constantFrom('SUCCESS' as const, 'REFUSED' as const),
  }),
  fc.record({
    kind: fc.constant('TIMEOUT' as const),
    step: fc.constantFrom(...steps),
    direction,
    attempt: fc.integer({ min: 1, max: 20 }),
  }),
  fc.record({ kind: fc.constantFrom('PAUSE' as const, 'RESUME' as const, 'CANCEL' as const, 'RETRY' as const), by: fc.constant('Ada') }),
);
const stimulus: fc.Arbitrary<Stimulus> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('EVENT' as const), event: anyEvent }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('ANSWER' as const),
      outcome: fc.constantFrom('SUCCESS' as const, 'SUCCESS' as const, 'REFUSED' as const),
    }),
  },
  { weight: 6, arbitrary: fc.constant({ kind: 'TIME_OUT' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('REPEAT' as const), back: fc.nat(10) }) },
);
/** Long enough for a compensation to be given up. */
const stimuli = fc.array(stimulus, { maxLength: 80, size: 'max' });

function toEvent(play: ReturnType<typeof createPlay>, what: Stimulus): SagaEvent | null {
  const timer = play.timer();
  switch (what.kind) {
    case 'EVENT':
      return what.event;
    case 'ANSWER': {
      const last = play.saga().steps.at(-1);
      if (!last) return null;
      const { step, direction } = last;
      return { kind: 'REPLY', step, direction, outcome: what.outcome, ...(what.outcome === 'SUCCESS' && { data: answers[step] ?? {} }) };
    }
    case 'TIME_OUT':
      return timer.kind === 'SET' ? { kind: 'TIMEOUT', step: timer.step, direction: timer.direction, attempt: timer.attempt } : null;
    case 'REPEAT':
      return play.events.at(-1 - what.back) ?? null;
  }
}

function run(
  definition: SagaDefinition,
  story: readonly Stimulus[],
  afterEach: (play: ReturnType<typeof createPlay>, before: Saga, decision: Decision | null, event: SagaEvent) => void,
) {
  const play = createPlay(definition);
  play.start();
  for (const what of story) {
    const before = Object.freeze(play.saga());
    const event = toEvent(play, what);
    if (event) afterEach(play, before, play.tell(event), event);
  }
  return play;
}

/** A busy machine is several times slower. */
const timeoutMs = 30_000;

describe('whatever happens in whatever order', () => {
  // assert and not expect in what runs a hundred thousand times: it is faster by far.
  it(
    'an end is an end, every change of state is an allowed one, and versions have no gap (I4, I5)',
    () => {
      fc.assert(
        fc.property(definitions, stimuli, (definition, story) => {
          run(definition, story, (_, before, decision) => {
            if (hasEnded(before)) assert.equal(decision, null);
            if (!decision) return;
            assert.equal(decision.saga.version, before.version + 1);
            let state = before.state;
            for (const line of decision.history) {
              assert.ok(mayMove(definition, state, line.state), `${state} to ${line.state}`);
              state = line.state;
            }
            assert.equal(state, decision.saga.state);
            assert.notEqual(decision.history.length, 0);
          });
        }),
        { numRuns: 2_000 },
      );
    },
    timeoutMs,
  );

  it(
    'there is never more than one command under way, it is that of the last step begun, and a saga that waits for it has a timer',
    () => {
      fc.assert(
        fc.property(definitions, stimuli, (definition, story) => {
          run(definition, story, (play, _, decision) => {
            const { state, steps, paused, needsAttention } = play.saga();
            const current = currentStep(play.saga());
            assert.ok(steps.slice(0, -1).every(({ status }) => status !== 'RUNNING' && status !== 'PENDING'));
            const commands = decision?.commands ?? [];
            assert.ok(commands.length <= 1);
            for (const { step, attempt } of commands) assert.deepEqual([step, attempt], [current?.step, current?.attempts]);
            // Nobody is forgotten: under way and not held means that something happens by itself.
            const timer = play.timer();
            if (current && !paused) {
              assert.ok(timer.kind === 'SET' && timer.afterMs > 0);
              assert.deepEqual([timer.step, timer.direction, timer.attempt], [current.step, current.direction, current.attempts]);
            } else assert.equal(timer.kind, 'CLEAR');
            if (!current) assert.ok(['COMPLETED', 'COMPENSATED', 'FAILED'].includes(state));
            assert.equal(needsAttention, state === 'FAILED');
          });
        }),
        { numRuns: 2_000 },
      );
    },
    timeoutMs,
  );

  it(
    'compensations are the exact reverse of what was done or is in doubt, and compensated means that all of it was undone (I6)',
    () => {
      fc.assert(
        fc.property(definitions, stimuli, (definition, story) => {
          const { steps, state } = run(definition, story, () => undefined).saga();
          const toUndo = steps
            .filter(({ direction, status }) => direction === 'FORWARD' && (status === 'SUCCESS' || status === 'IN_DOUBT'))
            .flatMap(({ step }) => definition.steps.find(({ forward }) => forward.name === step) ?? [])
            .toReversed();
          const compensations = steps.filter(({ direction }) => direction === 'COMPENSATION');
          const expected = toUndo.flatMap((step) => compensationOf(step)?.name ?? []);
          expect(compensations.map(({ step }) => step)).toEqual(expected.slice(0, compensations.length));
          if (compensations.length > 0) expect(['COMPENSATING', 'COMPENSATED', 'FAILED']).toContain(state);
          if (state === 'COMPENSATED') {
            expect(compensations.map(({ step, status }) => [step, status])).toEqual(expected.map((step) => [step, 'SUCCESS']));
            expect(toUndo.every(({ compensation }) => compensation !== 'IMPOSSIBLE')).toBe(true);
          }
          if (state === 'COMPLETED') {
            expect(steps.map(({ step, status }) => [step, status])).toEqual(
              definition.steps.map(({ forward }) => [forward.name, 'SUCCESS']),
            );
          }
        }),
        { numRuns: 2_000 },
      );
    },
    timeoutMs,
  );

  it(
    'a saga whose cancellation was accepted never completes',
    () => {
      fc.assert(
        fc.property(definitions, stimuli, (definition, story) => {
          const { cancelRequested, state } = run(definition, story, () => undefined).saga();
          if (cancelRequested) expect(state).not.toBe('COMPLETED');
        }),
        { numRuns: 1_000 },
      );
    },
    timeoutMs,
  );

  it(
    'while a saga is held no command is sent',
    () => {
      fc.assert(
        fc.property(definitions, stimuli, (definition, story) => {
          run(definition, story, (play, before, decision) => {
            if (before.paused && play.saga().paused) assert.equal(decision?.commands.length ?? 0, 0);
          });
        }),
        { numRuns: 1_000 },
      );
    },
    timeoutMs,
  );

  it(
    'an event told twice in a row changes nothing the second time',
    () => {
      fc.assert(
        fc.property(definitions, stimuli, (definition, story) => {
          run(definition, story, (play, _, __, event) => {
            assert.equal(decide(definition, play.saga(), event), null);
          });
        }),
        { numRuns: 1_000 },
      );
    },
    timeoutMs,
  );

  it(
    'the same events give the same saga, commands and history again, by way of JSON too',
    () => {
      fc.assert(
        fc.property(definitions, stimuli, (definition, story) => {
          const play = run(definition, story, () => undefined);
          const stored = JSON.parse(JSON.stringify(play.events)) as SagaEvent[];
          let saga = newSaga('saga_test', definition, dataOf(definition));
          const again = stored.flatMap((event) => {
            const decision = decide(definition, JSON.parse(JSON.stringify(saga)) as Saga, event);
            if (decision) saga = decision.saga;
            return decision ?? [];
          });
          expect(again).toEqual(play.decisions);
        }),
        { numRuns: 500 },
      );
    },
    timeoutMs,
  );
});
