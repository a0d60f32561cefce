import { deadLetterQueue } from '@comptoir/schema/topology.ts';
import type { Delivery } from './broker/consumption.ts';
import { replayHeaders } from './broker/give-up.ts';
import type { BrokerLink } from './broker/link.ts';
import { createRawConsumer } from './broker/raw-consumer.ts';
import type { Database, EntityManager } from './database.ts';
import { anotherDeath, type IncomingDeadLetter, mayBeAnother, readDeadLetter } from './dead-letter-intake.ts';
import type { Page, PageRequest } from './keyset.ts';
import { findPage, type ListOrder } from './list.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { appendRawToOutbox, appendToOutbox, eventMessage } from './outbox.ts';
import type { Service } from './service.ts';
import { query } from './sql.ts';

export type DeadLetterState = 'NEW' | 'REPLAYED';

/** A message that was given up, with the fields of the SDL type DeadLetter. */
export interface DeadLetter {
  readonly id: string;
  readonly service: string | null;
  readonly queue: string;
  readonly reason: string;
  readonly code: string;
  readonly messageId: string | null;
  readonly type: string | null;
  /** Its body as text; bytes that are not UTF-8 are shown as �. */
  readonly payload: string;
  /** Its headers as JSON text. */
  readonly headers: string;
  readonly attempts: number;
  readonly state: DeadLetterState;
  readonly deadAt: Date;
  readonly replayedAt: Date | null;
  readonly replayedBy: string | null;
}

export interface DeadLetterFilter {
  readonly state?: DeadLetterState | null;
  readonly service?: string | null;
  readonly queue?: string | null;
}

const prefetch = 20;

interface CollectorDeps {
  readonly link: BrokerLink;
  readonly database: Database;
  readonly log: Log;
  readonly metrics?: Metrics;
}

/** Takes the dead letters of all services into its service's database: one row a message and the event message.dead_letter_changed, then the acknowledgement. */
export function createDeadLetterCollector({ link, database, log, metrics }: CollectorDeps): Service {
  const collected = metrics?.counter({
    name: 'dead_letters_total',
    help: 'Dead letters stored, by the service that could not handle them, queue and code.',
    labelNames: ['service', 'queue', 'code'],
  });
  return createRawConsumer(
    {
      queue: deadLetterQueue,
      prefetch,
      async handle(delivery) {
        const letter = readDeadLetter(delivery);
        const id = await database.transaction((em) => store(em, letter, delivery));
        if (id === null) return;
        const { service, queue, code, reason } = letter;
        collected?.inc({ service: service ?? 'unknown', queue, code });
        log.warn({ event: 'dead_letter_stored', deadLetterId: id, failedIn: service, queue, code, reason }, 'dead letter stored');
      },
    },
    { link, log, probe: () => database.ping() },
  );
}

/** The id of the row written; null where it was there already. */
async function store(em: EntityManager, letter: IncomingDeadLetter, delivery: Delivery): Promise<string | null> {
  const id =
    (await reopen(em, letter)) ??
    (await insert(em, letter)) ??
    (mayBeAnother(letter, delivery) ? await insert(em, { ...letter, death: anotherDeath(letter.death) }) : null);
  if (id !== null) await tell(em, letter.service, id, 'NEW');
  return id;
}

/** A replayed one that died again is the same dead letter, and new again. */
async function reopen(em: EntityManager, letter: IncomingDeadLetter): Promise<string | null> {
  if (letter.replayOf === null) return null;
  const [row] = await query<{ id: string }>(
    em,
    `UPDATE dead_letter SET death = $2, code = $3, reason = $4, body = $5, headers = $6::json, attempts = attempts + $7, state = 'NEW', dead_at = now()
     WHERE id = $1 AND death <> $2 AND NOT EXISTS (SELECT FROM dead_letter WHERE death = $2) RETURNING id`,
    [letter.replayOf, letter.death, letter.code, letter.reason, letter.body, letter.headers, letter.attempts],
  );
  return row?.id ?? null;
}

async function insert(em: EntityManager, letter: IncomingDeadLetter): Promise<string | null> {
  const [row] = await query<{ id: string }>(
    em,
    `INSERT INTO dead_letter (death, queue, code, reason, message_id, type, correlation_id, body, headers, attempts, service, state, dead_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::json, $10, $11, 'NEW', now()) ON CONFLICT (death) DO NOTHING RETURNING id`,
    [
      letter.death,
      letter.queue,
      letter.code,
      letter.reason,
      letter.messageId,
      letter.type,
      letter.correlationId,
      letter.body,
      letter.headers,
      letter.attempts,
      letter.service,
    ],
  );
  return row?.id ?? null;
}

const tell = (em: EntityManager, service: string | null, id: string, state: DeadLetterState) =>
  appendToOutbox(em, [
    eventMessage('message.dead_letter_changed', { type: 'dead_letter', id }, { service: service ?? 'unknown', dead_letter_id: id, state }),
  ]);

interface Row {
  readonly id: string;
  readonly service: string | null;
  readonly queue: string;
  readonly reason: string;
  readonly code: string;
  readonly message_id: string | null;
  readonly type: string | null;
  readonly correlation_id: string | null;
  readonly body: Buffer;
  readonly headers: string;
  readonly attempts: number;
  readonly state: DeadLetterState;
  readonly dead_at: string;
  readonly replays: number;
  readonly replayed_at: string | null;
  readonly replayed_by: string | null;
}

const columns = `id, service, queue, reason, code, message_id, type, correlation_id, body, headers::text AS headers, attempts, state, replays, replayed_by,
  to_json(dead_at) #>> '{}' AS dead_at, to_json(replayed_at) #>> '{}' AS replayed_at`;

const toDeadLetter = (row: Row): DeadLetter => ({
  id: row.id,
  service: row.service,
  queue: row.queue,
  reason: row.reason,
  code: row.code,
  messageId: row.message_id,
  type: row.type,
  payload: row.body.toString('utf8'),
  headers: row.headers,
  attempts: row.attempts,
  state: row.state,
  deadAt: new Date(row.dead_at),
  replayedAt: row.replayed_at === null ? null : new Date(row.replayed_at),
  replayedBy: row.replayed_by,
});

const matches = '($1::text IS NULL OR state = $1) AND ($2::text IS NULL OR service = $2) AND ($3::text IS NULL OR queue = $3)';
const values = ({ state = null, service = null, queue = null }: DeadLetterFilter) => [state, service, queue];
const isId = (id: string) => /^\d{1,18}$/.test(id);

const newestFirst: ListOrder = { name: 'DEAD_LETTERS', columns: [{ sql: 'id', kind: 'int' }], descending: true };

/** Newest first. Errors: BAD_USER_INPUT. */
export function findDeadLetters(
  em: EntityManager,
  filter: DeadLetterFilter,
  page: PageRequest & { readonly counted?: boolean },
): Promise<Page<DeadLetter>> {
  const from = `dead_letter WHERE ${matches}`;
  return findPage(em, { columns, from, parameters: values(filter), order: newestFirst, toNode: toDeadLetter }, page);
}

export async function getDeadLetter(em: EntityManager, id: string): Promise<DeadLetter | null> {
  if (!isId(id)) return null;
  const [row] = await query<Row>(em, `SELECT ${columns} FROM dead_letter WHERE id = $1`, [id]);
  return row ? toDeadLetter(row) : null;
}

/**
 * Sends it to the queue it came from once more, with a mended body where one is given; null where there is no such dead letter. Needs a transaction. The
 * message keeps its id, so that replaying one that was handled after all changes nothing.
 */
export async function replayDeadLetter(
  em: EntityManager,
  id: string,
  { by, payload = null }: { by: string; payload?: string | null },
): Promise<DeadLetter | null> {
  if (!isId(id)) return null;
  const [row] = await query<Row>(
    em,
    `UPDATE dead_letter SET state = 'REPLAYED', replays = replays + 1, replayed_at = now(), replayed_by = $2 WHERE id = $1 RETURNING ${columns}`,
    [id, by],
  );
  if (!row) return null;
  await appendRawToOutbox(em, {
    exchange: '',
    routingKey: row.queue,
    mandatory: true,
    messageId: row.message_id ?? undefined,
    type: row.type ?? '',
    correlationId: row.correlation_id ?? undefined,
    headers: { ...JSON.parse(row.headers), [replayHeaders.of]: row.id, [replayHeaders.count]: row.replays },
    aggregate: { type: 'dead_letter', id: row.id },
    body: payload === null ? row.body : Buffer.from(payload),
  });
  await tell(em, row.service, row.id, 'REPLAYED');
  return toDeadLetter(row);
}

/** Deletes for good; returns how many. */
export async function purgeDeadLetters(em: EntityManager, filter: DeadLetterFilter): Promise<number> {
  const rows = await query(em, `DELETE FROM dead_letter WHERE ${matches} RETURNING 1`, values(filter));
  return rows.length;
}
