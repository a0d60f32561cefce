import type { Database } from '@comptoir/platform/database.ts';
import { failpoint } from '@comptoir/platform/failpoint.ts';
import { frequent } from '@comptoir/platform/frequent-statements.ts';
import type { Log } from '@comptoir/platform/log.ts';
import type { Service } from '@comptoir/platform/service.ts';
import { query } from '@comptoir/platform/sql.ts';
import { createWakeUp } from '@comptoir/platform/wake-up.ts';
import type { MessageOf } from '@comptoir/schema/messages.ts';
import { createOrderOfSaga } from './commands/create-order-of-saga.ts';
import { answerOnce } from './messages/answer-once.ts';

type Command = MessageOf<'order.create'>;

export interface WaitingCommands extends Service {
  /** Keeps a command until its customer is heard of, or for so long at most. Repetitions wait with the first. */
  keep(command: Command): Promise<void>;
  /** Something was heard of a customer. */
  wake(): void;
}

export interface WaitingConfig {
  /** Of the inbox. */
  readonly consumer: string;
  /** How long the news of a customer are waited for. */
  readonly patienceMs: number;
  /** Time between two looks at most, for what other instances have kept or heard. */
  readonly pollMs?: number;
}

const batch = 50;
const maxFailurePauseMs = 5_000;

/** Orders to create for customers that nothing was heard of yet. They wait in the database, where they outlive a restart and keep no other command waiting. */
export function createWaitingCommands(
  { consumer, patienceMs, pollMs = 1_000 }: WaitingConfig,
  { database, log }: { database: Database; log: Log },
): WaitingCommands {
  const stopping = new AbortController();
  const { signal } = stopping;
  const wakeUp = createWakeUp();
  let running: Promise<void> | undefined;

  /** Carries out what is due, or whose customer is known by now; returns when the next is due. */
  async function settle(): Promise<{ more: boolean; nextInMs: number }> {
    const ready = await database.query<{ command: Command; is_last: boolean }>(
      frequent(`SELECT w.command, w.give_up_at <= clock_timestamp() AS is_last FROM waiting_command w
       WHERE w.give_up_at <= clock_timestamp() OR EXISTS (SELECT FROM customer c WHERE c.id = w.customer_id)
       ORDER BY w.give_up_at LIMIT ${batch}`),
    );
    for (const { command, is_last: isLast } of ready) {
      const answer = await answerOnce(database, consumer, command, (em) => createOrderOfSaga(em, command, { mayWait: !isLast }));
      failpoint('orders.waiting.answered', command);
      await database.query(frequent('DELETE FROM waiting_command WHERE command_id = $1'), [command.command_id]);
      log.debug(
        { event: 'waiting_command_answered', sagaId: command.saga_id, outcome: answer.outcome },
        'a command that waited was answered',
      );
    }
    const [next] = await database.query<{ in_ms: number | null }>(
      frequent('SELECT extract(epoch FROM min(give_up_at) - clock_timestamp())::float8 * 1000 AS in_ms FROM waiting_command'),
    );
    return { more: ready.length === batch, nextInMs: next?.in_ms ?? pollMs };
  }

  async function run(): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      let pauseMs: number;
      try {
        const { more, nextInMs } = await settle();
        failures = 0;
        pauseMs = more ? 0 : Math.min(pollMs, Math.max(1, nextInMs));
      } catch (error) {
        if (signal.aborted) return;
        failures++;
        if (failures === 1)
          log.warn({ event: 'waiting_commands_failed', err: error }, 'commands that wait for a customer cannot be looked at');
        pauseMs = Math.min(pollMs * 2 ** failures, maxFailurePauseMs);
      }
      await wakeUp.sleep(pauseMs, signal);
    }
  }

  return {
    name: 'waiting commands',
    async keep(command) {
      await database.transaction((em) =>
        query(
          em,
          frequent(`INSERT INTO waiting_command (command_id, customer_id, command, give_up_at)
           VALUES ($1, $2, $3::json, clock_timestamp() + $4 * interval '1 millisecond') ON CONFLICT DO NOTHING`),
          [command.command_id, command.data.customer_id, JSON.stringify(command), patienceMs],
        ),
      );
      failpoint('orders.waiting.kept', command);
      wakeUp.wake();
    },
    wake: wakeUp.wake,
    async start() {
      running ??= run();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
