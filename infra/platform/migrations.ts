import { Migration } from '@mikro-orm/migrations';
import type { Constructor } from '@mikro-orm/postgresql';

/** A migration with the name under which the database remembers that it ran. */
export interface NamedMigration {
  readonly name: string;
  readonly class: Constructor<Migration>;
}

/**
 * `position` is given after commit, by one sequencer: it is the order of the log, which identity values, drawn before commit, are not.
 * Payloads are `json`, not `jsonb`: they go out as they came in, and `jsonb` refuses \u0000. A replayed dead letter has a `body` instead, since it need not be JSON.
 */
class Outbox extends Migration {
  override up() {
    this.addSql(`
      CREATE TABLE outbox (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        position bigint,
        message_id text NOT NULL,
        aggregate_type text NOT NULL,
        aggregate_id text NOT NULL,
        aggregate_version int,
        exchange text NOT NULL,
        routing_key text NOT NULL,
        mandatory boolean NOT NULL,
        type text NOT NULL,
        payload json,
        body bytea,
        correlation_id text,
        headers json NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        sent_at timestamptz,
        attempts int NOT NULL DEFAULT 0,
        next_at timestamptz,
        last_error text,
        parked_at timestamptz,
        CHECK ((payload IS NULL) <> (body IS NULL))
      )`);
    this.addSql('CREATE INDEX outbox_unsequenced ON outbox (id) WHERE position IS NULL');
    this.addSql('CREATE UNIQUE INDEX outbox_log ON outbox (position)');
    this.addSql('CREATE INDEX outbox_unsent ON outbox (position) WHERE sent_at IS NULL AND parked_at IS NULL');
    this.addSql('CREATE INDEX outbox_failed ON outbox (aggregate_type, aggregate_id, position) WHERE sent_at IS NULL AND attempts > 0');
    this.addSql(`
      CREATE TABLE outbox_head (
        single boolean PRIMARY KEY DEFAULT true CHECK (single),
        position bigint NOT NULL,
        purged bigint NOT NULL
      )`);
    this.addSql(`COMMENT ON TABLE outbox_head IS 'position: the last one given; purged: the last one deleted'`);
    this.addSql('INSERT INTO outbox_head (position, purged) VALUES (0, 0)');
  }
}

/** Tells this log from the one of a database that stood here before: cursors are of one log. */
class LogId extends Migration {
  override up() {
    this.addSql('ALTER TABLE outbox_head ADD COLUMN log_id uuid NOT NULL DEFAULT gen_random_uuid()');
  }
}

class Inbox extends Migration {
  override up() {
    this.addSql(`
      CREATE TABLE inbox (
        consumer text NOT NULL,
        message_id text NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now(),
        outcome json,
        PRIMARY KEY (consumer, message_id)
      )`);
    this.addSql('CREATE INDEX inbox_age ON inbox (received_at)');
  }
}

class IdempotencyKey extends Migration {
  override up() {
    this.addSql(`
      CREATE TABLE idempotency_key (
        principal text NOT NULL,
        operation text NOT NULL,
        key text NOT NULL,
        input_hash bytea NOT NULL,
        answer json,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (principal, operation, key)
      )`);
    this.addSql('CREATE INDEX idempotency_key_age ON idempotency_key (created_at)');
  }
}

/** `death` names one act of giving a message up, so that a redelivered one is stored once. */
class DeadLetter extends Migration {
  override up() {
    this.addSql(`
      CREATE TABLE dead_letter (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        death text NOT NULL UNIQUE,
        queue text NOT NULL,
        code text NOT NULL,
        reason text NOT NULL,
        message_id text,
        type text,
        correlation_id text,
        body bytea NOT NULL,
        headers json NOT NULL,
        attempts int NOT NULL,
        state text NOT NULL CHECK (state IN ('NEW', 'REPLAYED')),
        dead_at timestamptz NOT NULL,
        replays int NOT NULL DEFAULT 0,
        replayed_at timestamptz,
        replayed_by text
      )`);
    this.addSql('CREATE INDEX dead_letter_queue ON dead_letter (queue, id)');
  }
}

/** Until now the keeper's own were the only ones it had. */
class DeadLetterService extends Migration {
  override up() {
    this.addSql('ALTER TABLE dead_letter ADD COLUMN service text');
    this.addSql(`UPDATE dead_letter SET service = 'compute'`);
    this.addSql('CREATE INDEX dead_letter_service ON dead_letter (service, id)');
  }
}

/** The tables of outbox, inbox and idempotency keys: listed before a service's own migrations. */
export const platformMigrations: readonly NamedMigration[] = [
  { name: 'platform-001-outbox', class: Outbox },
  { name: 'platform-002-inbox', class: Inbox },
  { name: 'platform-003-idempotency-key', class: IdempotencyKey },
  { name: 'platform-005-log-id', class: LogId },
];

/** The table of dead letters, for the service that keeps them. The first is named as when every service had one. */
export const deadLetterMigrations: readonly NamedMigration[] = [
  { name: 'platform-004-dead-letter', class: DeadLetter },
  { name: 'dead-letter-002-service', class: DeadLetterService },
];
