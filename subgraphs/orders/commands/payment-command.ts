import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import { createGathering } from '@comptoir/platform/gathering.ts';
import { readOutcomes } from '@comptoir/platform/inbox.ts';
import type { Answer } from '../domain/saga-answer.ts';
import { answerAgain, answerEach, bySaga, type CommandMessage } from '../messages/answer-once.ts';
import type { SagaCommand } from '../messages/outgoing.ts';
import type { PaymentProvider } from '../payments/provider.ts';

export interface PaymentDeps {
  readonly database: Database;
  readonly provider: PaymentProvider;
  /** Of the inbox. */
  readonly consumer: string;
}

export interface PaymentSteps<Command, Intent, Result> {
  /** Commits what is about to be asked. An answer instead where there is nothing to ask. */
  readonly writeIntent: (em: EntityManager, command: Command) => Promise<Answer | Intent>;
  /** Asks the provider, outside of any transaction. */
  readonly ask: (command: Command, intent: Intent, signal?: AbortSignal) => Promise<Result>;
  /** Commits what the provider has said, with the answer. */
  readonly writeResult: (em: EntityManager, command: Command, result: Result) => Promise<Answer>;
}

/** Written by one transaction at most. */
const maxBatch = 40;

const isAnswer = (intent: object): intent is Answer => 'outcome' in intent;

/**
 * Carries out a command that the provider has a part in, once: what is to be asked is committed before, what was answered after it. Intents of several commands that come at
 * the same time are written by one transaction, and so are results. Rejects where the provider does not answer.
 */
export function createPaymentCommand<Command extends SagaCommand, Intent extends object, Result>(
  { database, consumer }: PaymentDeps,
  { writeIntent, ask, writeResult }: PaymentSteps<Command, Intent, Result>,
): (command: CommandMessage<Command>, signal?: AbortSignal) => Promise<Answer> {
  type Message = CommandMessage<Command>;

  const intents = createGathering<Message, { readonly before: Answer } | { readonly intent: Answer | Intent }>({
    maxBatch,
    carryOut: (commands) =>
      database.transaction(async (em) => {
        const before = await readOutcomes<Answer>(
          em,
          consumer,
          commands.map(({ body }) => body.command_id),
        );
        const written = new Map<Message, Answer | Intent>();
        for (const command of bySaga(commands, ({ body }) => body)) {
          const answer = before.get(command.body.command_id);
          if (answer) await answerAgain(em, command, answer);
          else written.set(command, await writeIntent(em, command.body));
        }
        return commands.map((command) => {
          const answer = before.get(command.body.command_id);
          return answer ? { before: answer } : { intent: written.get(command) as Answer | Intent };
        });
      }),
  });

  interface Asked {
    readonly command: Message;
    readonly write: (em: EntityManager) => Promise<Answer>;
  }
  const results = createGathering<Asked, Answer>({
    maxBatch,
    async carryOut(asked) {
      const writes = new Map(asked.map(({ command, write }) => [command.body, write]));
      const commands = asked.map(({ command }) => command);
      return answerEach(database, consumer, commands, (em, command) => (writes.get(command) as Asked['write'])(em));
    },
  });

  return async (command, signal) => {
    const written = await intents.carryOut(command);
    if ('before' in written) return written.before;
    const { intent } = written;
    if (isAnswer(intent)) return results.carryOut({ command, write: async () => intent });
    const result = await ask(command.body, intent, signal);
    return results.carryOut({ command, write: (em) => writeResult(em, command.body, result) });
  };
}
