import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withChanges } from './changes/changed-process.ts';
import { changedSources, type SourceChange } from './changes/source-change.ts';
import { brokerShortOfMemory } from './scenarios/broker-short-of-memory.ts';
import { commandsRepeated } from './scenarios/commands-repeated.ts';
import { compensationFirst } from './scenarios/compensation-first.ts';
import { consumerKilled } from './scenarios/consumer-killed.ts';
import { givenBack } from './scenarios/given-back.ts';
import { killedBeforeCommit } from './scenarios/killed-before-commit.ts';
import { lateCommit } from './scenarios/late-commit.ts';
import { repliesRaced } from './scenarios/replies-raced.ts';
import { replyLost } from './scenarios/reply-lost.ts';
import type { Scenario } from './scenarios/services.ts';
import { timerKilled } from './scenarios/timer-killed.ts';
import { unroutable } from './scenarios/unroutable.ts';

const fileOf = (mutant: string) => new URL(`./mutants/${mutant}.ts`, import.meta.url);
const changesOf = async (mutant: string) => ((await import(fileOf(mutant).href)) as { changes: readonly SourceChange[] }).changes;

/** Each with the mutants that it has to catch, and by what it has to notice them. */
const scenarios: readonly { name: string; play: Scenario; mutants: Readonly<Record<string, RegExp>> }[] = [
  {
    name: 'a consumer is killed with messages at hand',
    play: consumerKilled,
    mutants: { 'ack-before-commit': /promised sagas were lost/ },
  },
  {
    name: 'a command comes three times',
    play: commandsRepeated,
    mutants: {
      // Behind the inbox the participant's own keys let nothing be done twice: the repetition fails instead of being answered.
      'no-inbox': /not answered the 2. time|different answers|units are held/,
      'no-second-reply': /not answered the 2. time/,
    },
  },
  { name: 'a command finds no queue', play: unroutable, mutants: { 'not-mandatory': /reached no queue counts as sent/ } },
  { name: 'a transaction commits late', play: lateCommit, mutants: { 'beyond-the-last-id': /was never sent/ } },
  { name: 'a compensation overtakes its step', play: compensationFirst, mutants: { 'no-tombstone': /held for a saga that was undone/ } },
  {
    name: 'a step is done and its reply never comes',
    play: replyLost,
    mutants: { 'in-doubt-not-undone': /held for a saga that has ended/ },
  },
  { name: 'an orchestrator is killed at a timer', play: timerKilled, mutants: { 'timer-taken-first': /stranded/ } },
  { name: 'a broker runs short of memory', play: brokerShortOfMemory, mutants: { 'one-connection': /messages were taken/ } },
  {
    name: 'an orchestrator is killed before it commits',
    play: killedBeforeCommit,
    mutants: { 'publish-before-commit': /never committed/ },
  },
  {
    name: 'one reply comes to two orchestrators at once',
    play: repliesRaced,
    mutants: { 'no-version-check': /repeated replies failed|commands came|at version/ },
  },
];

const caught = scenarios.flatMap(({ name, play, mutants }) =>
  Object.entries(mutants).map(([mutant, notices]) => ({ name, play, mutant, notices })),
);

test.each(scenarios)('all is well where $name (F27)', async ({ play }) => {
  expect(await play(withChanges())).toEqual([]);
});

test.each(caught)('the mutant $mutant is caught where $name (F27)', async ({ play, mutant, notices }) => {
  changedSources(await changesOf(mutant));
  expect((await play(withChanges(fileOf(mutant)))).join('\n')).toMatch(notices);
});

test('every mutant is one that has to be caught (F27)', async () => {
  const files = readdirSync(new URL('./mutants', import.meta.url)).map((file) => file.replace('.ts', ''));
  expect([...caught.map(({ mutant }) => mutant), 'nack-for-reject'].toSorted()).toEqual(files.toSorted());
});

test('the mutant nack-for-reject is caught by reading the sources (F27)', async () => {
  expect(await givenBack([])).toEqual([]);
  expect(await givenBack(await changesOf('nack-for-reject'))).toEqual(['consumption.ts gives messages back by nack']);
});
