import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import { handleOnce } from '@comptoir/platform/inbox.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import { type Answer, replyMessage, type SagaCommand } from './outgoing.ts';

/**
 * Carries out a command of a saga once, however often it comes: change, answer and reply commit together. A repetition means that the reply may have been
 * lost, and gets the stored answer again.
 */
export async function answerOnce(
  database: Database,
  consumer: string,
  command: SagaCommand,
  work: (em: EntityManager) => Promise<Answer>,
): Promise<Answer> {
  const { first, outcome } = await handleOnce(database, consumer, command.command_id, async (em) => {
    const answer = await work(em);
    await appendToOutbox(em, [replyMessage(command, answer)]);
    return answer;
  });
  if (!first) await database.transaction((em) => appendToOutbox(em, [replyMessage(command, outcome)]));
  return outcome;
}
