import type { Message } from '@comptoir/platform/broker/consumer.ts';
import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import { handleEachOnce } from '@comptoir/platform/inbox.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import { continueTrace, currentTraceparent, runInTrace } from '@comptoir/platform/trace.ts';
import { type Answer, CustomerAwaited, RefusedForNow } from '../domain/saga-answer.ts';
import { replyMessage, type SagaCommand } from './outgoing.ts';

/** A command as it came; its answer goes on in the trace that it names. */
export interface CommandMessage<Command extends SagaCommand> {
  readonly body: Command;
  readonly headers: Message<Command>['headers'];
}

const answer = (em: EntityManager, command: SagaCommand, its: Answer) => appendToOutbox(em, [replyMessage(command, its)]);

const inTraceOf = <T>({ headers }: CommandMessage<SagaCommand>, work: () => Promise<T>) =>
  runInTrace(continueTrace(headers.traceparent), work);

/** Answers again what was answered before: the reply may have been lost. */
export async function answerAgain(em: EntityManager, command: CommandMessage<SagaCommand>, its: Answer): Promise<void> {
  await inTraceOf(command, () => answer(em, command.body, its));
}

/**
 * Carries out commands of sagas once, however often they come, one after the other in one transaction: changes, answers and replies commit together. A repetition gets the
 * stored answer again. Of RefusedForNow nothing is kept but the reply, of CustomerAwaited nothing, which comes back instead of an answer; where one of several is that, each
 * is carried out by itself.
 */
export async function answerEach<Command extends SagaCommand>(
  database: Database,
  consumer: string,
  commands: readonly CommandMessage<Command>[],
  work: (em: EntityManager, command: Command) => Promise<Answer>,
): Promise<(Answer | CustomerAwaited)[]> {
  try {
    return await answerTogether(database, consumer, commands, work);
  } catch (error) {
    if (!(error instanceof RefusedForNow || error instanceof CustomerAwaited)) throw error;
    const [only, ...others] = commands;
    if (only && others.length === 0) {
      if (error instanceof CustomerAwaited) return [error];
      await database.transaction((em) => answerAgain(em, only, error.answer));
      return [error.answer];
    }
  }
  const answers: (Answer | CustomerAwaited)[] = [];
  for (const command of commands) answers.push(...(await answerEach(database, consumer, [command], work)));
  return answers;
}

async function answerTogether<Command extends SagaCommand>(
  database: Database,
  consumer: string,
  commands: readonly CommandMessage<Command>[],
  work: (em: EntityManager, command: Command) => Promise<Answer>,
): Promise<Answer[]> {
  const ids = commands.map(({ body }) => body.command_id);
  const handled = await handleEachOnce(database, consumer, ids, async (em, indexes) => {
    const answers = new Map<number, Answer>();
    for (const index of bySaga(indexes, (index) => commands[index]?.body)) {
      const command = commands[index] as CommandMessage<Command>;
      await inTraceOf(command, async () => {
        const its = await work(em, command.body);
        await answer(em, command.body, its);
        answers.set(index, its);
      });
    }
    return indexes.map((index) => answers.get(index) as Answer);
  });
  const repeated = commands.filter((_, index) => !handled[index]?.first);
  if (repeated.length > 0)
    await database.transaction(async (em) => {
      for (const command of repeated) await answerAgain(em, command, handled[commands.indexOf(command)]?.outcome as Answer);
    });
  return handled.map(({ outcome }) => outcome);
}

/** In the order in which all batches lock what their sagas are at; those of one saga stay as they are. */
export function bySaga<Item>(items: readonly Item[], commandOf: (item: Item) => SagaCommand | undefined): Item[] {
  const idOf = (item: Item) => commandOf(item)?.saga_id ?? '';
  return items.toSorted((one, other) => (idOf(one) === idOf(other) ? 0 : idOf(one) < idOf(other) ? -1 : 1));
}

/** The same for one command, in the trace at hand. Rejects with CustomerAwaited. */
export async function answerOnce<Command extends SagaCommand>(
  database: Database,
  consumer: string,
  command: Command,
  work: (em: EntityManager) => Promise<Answer>,
): Promise<Answer> {
  const message = { body: command, headers: { traceparent: currentTraceparent() } };
  const [its] = await answerEach(database, consumer, [message], work);
  if (its instanceof CustomerAwaited) throw its;
  return its as Answer;
}
