import { type Publication, PublishError } from './broker/publisher.ts';
import { failpoint } from './failpoint.ts';
import type { OutboxRow } from './outbox-log.ts';

export type PublishOutcome =
  | { readonly kind: 'confirmed' }
  /** Not tried: a message of the same aggregate before it was not confirmed. */
  | { readonly kind: 'held' }
  /** The broker went away or fell silent: not the message's fault. */
  | { readonly kind: 'away'; readonly code: string }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

interface Predecessor {
  readonly route: string;
  readonly mandatory: boolean;
  /** Whether it is on the wire already. */
  issued: boolean;
  readonly outcome: Promise<PublishOutcome>;
}

const publicationOf = (row: OutboxRow): Publication => ({
  exchange: row.exchange,
  routingKey: row.routing_key,
  content: row.body ?? Buffer.from(row.payload ?? ''),
  mandatory: row.mandatory,
  properties: {
    messageId: row.message_id,
    type: row.type || undefined,
    correlationId: row.correlation_id ?? undefined,
    timestamp: row.created,
    headers: row.headers,
  },
});

/**
 * Publishes the rows all at once, except that a row waits for the one of its aggregate before it where that one may still be refused alone: where one of the two
 * is mandatory or they take different routes. What is on one route and cannot be returned keeps its order on the channel.
 */
export async function publishInOrder(
  rows: readonly OutboxRow[],
  publish: (message: Publication) => Promise<void>,
): Promise<PublishOutcome[]> {
  const last = new Map<string, Predecessor>();
  return Promise.all(
    rows.map((row) => {
      const aggregate = JSON.stringify([row.aggregate_type, row.aggregate_id]);
      const route = JSON.stringify([row.exchange, row.routing_key]);
      const before = last.get(aggregate);
      const waits = before !== undefined && (!before.issued || before.mandatory || row.mandatory || before.route !== route);
      const issue = () => {
        entry.issued = true;
        return attempt(publish, row);
      };
      const entry: Predecessor = {
        route,
        mandatory: row.mandatory,
        issued: false,
        get outcome(): Promise<PublishOutcome> {
          return outcome;
        },
      };
      const outcome: Promise<PublishOutcome> = waits
        ? before.outcome.then((result) => (result.kind === 'confirmed' ? issue() : { kind: 'held' }))
        : issue();
      last.set(aggregate, entry);
      return outcome;
    }),
  );
}

async function attempt(publish: (message: Publication) => Promise<void>, row: OutboxRow): Promise<PublishOutcome> {
  try {
    failpoint('relay.message.taken', row);
    const confirmed = publish(publicationOf(row));
    failpoint('relay.message.published', row);
    await confirmed;
    return { kind: 'confirmed' };
  } catch (error) {
    if (error instanceof PublishError && (error.code === 'CLOSED' || error.code === 'TIMEOUT')) return { kind: 'away', code: error.code };
    return { kind: 'refused', code: error instanceof PublishError ? error.code : 'INVALID', message: (error as Error).message };
  }
}
