import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import { frequent } from '@comptoir/platform/frequent-statements.ts';
import { handleOnce } from '@comptoir/platform/inbox.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import { type Answer, RefusedForNow } from '../domain/saga-answer.ts';
import { replyMessage, type SagaCommand } from './outgoing.ts';

const reply = (database: Database, command: SagaCommand, answer: Answer) =>
  database.transaction((em) => appendToOutbox(em, [replyMessage(command, answer)]));

/**
 * Carries out a command of a saga once, however often it comes: change, answer and reply commit together. A repetition means that the reply may have been
 * lost, and gets the stored answer again. Of RefusedForNow nothing is kept but the reply.
 */
export async function answerOnce(
  database: Database,
  consumer: string,
  command: SagaCommand,
  work: (em: EntityManager) => Promise<Answer>,
): Promise<Answer> {
  try {
    const { first, outcome } = await handleOnce(database, consumer, command.command_id, async (em) => {
      const answer = await work(em);
      await appendToOutbox(em, [replyMessage(command, answer)]);
      return answer;
    });
    if (!first) await reply(database, command, outcome);
    return outcome;
  } catch (error) {
    if (!(error instanceof RefusedForNow)) throw error;
    await reply(database, command, error.answer);
    return error.answer;
  }
}

/** Whether the command was answered before; if so it is answered again. For work that begins outside of the answer's transaction. */
export async function answeredBefore(database: Database, consumer: string, command: SagaCommand): Promise<Answer | null> {
  const [row] = await database.query<{ outcome: Answer }>(frequent('SELECT outcome FROM inbox WHERE consumer = $1 AND message_id = $2'), [
    consumer,
    command.command_id,
  ]);
  if (!row) return null;
  await reply(database, command, row.outcome);
  return row.outcome;
}
