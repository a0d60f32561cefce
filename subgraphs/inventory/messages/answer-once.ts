import type { Message } from '@comptoir/platform/broker/consumer.ts';
import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import { handleEachOnce } from '@comptoir/platform/inbox.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import { continueTrace, runInTrace } from '@comptoir/platform/trace.ts';
import { type Answer, replyMessage, type SagaCommand } from './outgoing.ts';

/** A command as it came; its answer goes on in the trace that it names. */
export type CommandMessage<Command extends SagaCommand> = Pick<Message<Command>, 'body'> & Partial<Pick<Message<Command>, 'headers'>>;

const reply = (em: EntityManager, { body, headers }: CommandMessage<SagaCommand>, answer: Answer) =>
  runInTrace(continueTrace(headers?.traceparent), () => appendToOutbox(em, [replyMessage(body, answer)]));

/**
 * Carries out commands of sagas once, however often they come: change, answers and replies commit together. A repetition means that the reply may have been
 * lost, and gets the stored answer again.
 */
export async function answerOnce<Command extends SagaCommand>(
  database: Database,
  consumer: string,
  commands: readonly CommandMessage<Command>[],
  work: (em: EntityManager, bodies: readonly Command[]) => Promise<readonly Answer[]>,
): Promise<Answer[]> {
  const ids = commands.map(({ body }) => body.command_id);
  const handled = await handleEachOnce(database, consumer, ids, async (em, indexes) => {
    const fresh = indexes.map((index) => commands[index] as CommandMessage<Command>);
    const answers = await work(
      em,
      fresh.map(({ body }) => body),
    );
    for (const [n, command] of fresh.entries()) await reply(em, command, answers[n] as Answer);
    return answers;
  });
  const repeated = handled.flatMap(({ first, outcome }, index) =>
    first ? [] : [{ command: commands[index] as CommandMessage<Command>, outcome }],
  );
  if (repeated.length > 0)
    await database.transaction(async (em) => {
      for (const { command, outcome } of repeated) await reply(em, command, outcome);
    });
  return handled.map(({ outcome }) => outcome);
}
