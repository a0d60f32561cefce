import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compensationOf, type SagaDefinition, stepNamed } from './definition.ts';
import type { SagaAction, SagaCommand, SagaReply } from './events.ts';
import { type Direction, hasEnded, type ReplyOutcome } from './saga.ts';
import { answers, cancellation, createPlay, processing } from './testing/play.ts';

/** A participant as it has to be: handles each command once, answers a repeated one again, refuses a step whose compensation came first. */
function createParticipants(refusals: ReadonlySet<string>, definition: SagaDefinition) {
  const handled = new Map<string, ReplyOutcome>();
  const effects = new Set<string>();
  return {
    effects,
    handle({ step, direction }: SagaCommand): SagaReply {
      const { forward } = stepNamed(definition, step);
      const compensation = compensationOf(stepNamed(definition, step))?.name;
      if (!handled.has(step)) {
        const refused = direction === 'FORWARD' && (refusals.has(step) || (compensation !== undefined && handled.has(compensation)));
        handled.set(step, refused ? 'REFUSED' : 'SUCCESS');
        if (direction === 'COMPENSATION') effects.delete(forward.name);
        else if (!refused) effects.add(step);
      }
      const outcome = handled.get(step) as ReplyOutcome;
      return { kind: 'REPLY', step, direction, outcome, ...(outcome === 'SUCCESS' && { data: answers[step] ?? {} }) };
    },
  };
}

/** What fate does next with the messages on their way; `at` picks one. */
type Fate =
  | { kind: 'COMMAND' | 'REPLY' | 'LOSE_COMMAND' | 'LOSE_REPLY'; at: number; keep: boolean }
  | { kind: 'TIME_OUT' }
  | { kind: 'ACT'; action: SagaAction };

const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constantFrom('COMMAND' as const, 'REPLY' as const), at: fc.nat(5), keep: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('LOSE_COMMAND' as const, 'LOSE_REPLY' as const),
      at: fc.nat(5),
      keep: fc.constant(false),
    }),
  },
  { weight: 5, arbitrary: fc.constant({ kind: 'TIME_OUT' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('ACT' as const),
      action: fc.constantFrom('PAUSE' as const, 'RESUME' as const, 'CANCEL' as const, 'RETRY' as const),
    }),
  },
);

const directionOf = (definition: SagaDefinition, step: string): Direction =>
  definition.steps.some(({ forward }) => forward.name === step) ? 'FORWARD' : 'COMPENSATION';

function live(definition: SagaDefinition, refusals: readonly string[], fates: readonly Fate[]) {
  const play = createPlay(definition);
  const participants = createParticipants(new Set(refusals), definition);
  const commands: SagaCommand[] = [];
  const replies: SagaReply[] = [];
  const collect = (decision: ReturnType<typeof play.tell>) => void commands.push(...(decision?.commands ?? []));
  const take = <T>(bag: T[], at: number, keep: boolean): T | undefined => {
    const index = bag.length > 0 ? at % bag.length : 0;
    return keep ? bag[index] : bag.splice(index, 1)[0];
  };
  const deliverCommand = (at: number, keep: boolean) => {
    const command = take(commands, at, keep);
    if (command) replies.push(participants.handle(command));
  };
  const deliverReply = (at: number, keep: boolean) => {
    const reply = take(replies, at, keep);
    if (reply) collect(play.tell(reply));
  };
  const timeOut = () => play.timer().kind === 'SET' && collect(play.timeOut());

  collect(play.start());
  for (const next of fates) {
    if (next.kind === 'COMMAND') deliverCommand(next.at, next.keep);
    else if (next.kind === 'REPLY') deliverReply(next.at, next.keep);
    else if (next.kind === 'LOSE_COMMAND') take(commands, next.at, false);
    else if (next.kind === 'LOSE_REPLY') take(replies, next.at, false);
    else if (next.kind === 'TIME_OUT') timeOut();
    else if (next.kind === 'ACT') collect(play.act(next.action));
  }
  // From now on nothing is lost any more, and a person looks after what is held or failed.
  for (let turn = 0; turn < 100 && !hasEnded(play.saga()); turn++) {
    collect(play.act('RESUME'));
    collect(play.act('RETRY'));
    if (commands.length === 0 && replies.length === 0) timeOut();
    while (commands.length > 0) deliverCommand(0, false);
    while (replies.length > 0) deliverReply(0, false);
  }
  // What was still on its way arrives after the end.
  for (const command of [...commands, ...play.decisions.flatMap((decision) => decision.commands)]) participants.handle(command);
  return { saga: play.saga(), effects: participants.effects };
}

/** A busy machine is several times slower. */
const timeoutMs = 30_000;

describe('a saga among participants, with messages that are lost, doubled, delayed and out of order', () => {
  it(
    'always ends, with all of its effects or with none, also when what was on its way arrives after the end',
    () => {
      fc.assert(
        fc.property(
          fc.subarray(processing.steps.map(({ forward }) => forward.name)),
          fc.array(fate, { maxLength: 120, size: 'max' }),
          fc.integer({ min: 0, max: 3 }),
          (refusals, fates, kind) => {
            // Most orders go well: only one in four meets with the refusals.
            const { saga, effects } = live(processing, kind === 0 ? refusals : [], fates);
            expect(hasEnded(saga)).toBe(true);
            const expected = saga.state === 'COMPLETED' ? processing.steps.map(({ forward }) => forward.name) : [];
            // What needs no undoing may be left: reading leaves nothing, and an order that is cancelled is confirmed no more.
            const left = [...effects].filter((step) => saga.state === 'COMPLETED' || compensationOf(stepNamed(processing, step)) !== null);
            expect(left.toSorted()).toEqual(expected.toSorted());
          },
        ),
        { numRuns: 1_500 },
      );
    },
    timeoutMs,
  );

  it(
    'a cancellation ends completed with all of its effects, or has had none',
    () => {
      fc.assert(
        fc.property(fc.subarray(['REFUND_PAYMENT']), fc.array(fate, { maxLength: 120, size: 'max' }), (refusals, fates) => {
          const { saga, effects } = live(cancellation, refusals, fates);
          expect(hasEnded(saga)).toBe(true);
          expect([...effects].toSorted()).toEqual(saga.state === 'COMPLETED' ? ['CANCEL_ORDER', 'REFUND_PAYMENT', 'RESTOCK'] : []);
          expect(saga.steps.every(({ step, direction }) => directionOf(cancellation, step) === direction)).toBe(true);
        }),
        { numRuns: 700 },
      );
    },
    timeoutMs,
  );
});
