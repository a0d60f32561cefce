import type { NamedMigration } from '@comptoir/platform/migrations.ts';
import { Migration } from '@mikro-orm/migrations';

const states = `'PENDING', 'STOCK_CHECKING', 'STOCK_RESERVED', 'ORDER_CREATED', 'PAYMENT_PROCESSING', 'PAYMENT_COMPLETED', 'REFUND_PROCESSING', 'REFUNDED',
  'RESTOCKED', 'COMPLETED', 'COMPENSATING', 'COMPENSATED', 'FAILED'`;

/** `seq` is the order of acceptance, by which pages go. `data` is `json`, not `jsonb`, which refuses \u0000. */
class Sagas extends Migration {
  override up() {
    this.addSql(`
      CREATE TABLE saga (
        id text COLLATE "C" PRIMARY KEY,
        seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        definition text NOT NULL,
        definition_version int NOT NULL,
        state text NOT NULL CHECK (state IN (${states})),
        data json NOT NULL,
        failure text,
        paused boolean NOT NULL,
        cancel_requested boolean NOT NULL,
        needs_attention boolean NOT NULL,
        version int NOT NULL CHECK (version >= 0),
        started_by text,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        ended_at timestamptz,
        CHECK ((state IN ('COMPLETED', 'COMPENSATED')) = (ended_at IS NOT NULL)),
        CHECK (needs_attention = (state = 'FAILED')),
        CHECK (NOT paused OR ended_at IS NULL)
      ) WITH (fillfactor = 70)`);
    this.addSql('CREATE INDEX saga_state ON saga (state, seq)');
    this.addSql('CREATE INDEX saga_definition ON saga (definition, seq)');
    this.addSql('CREATE INDEX saga_attention ON saga (seq) WHERE needs_attention');
    this.addSql('CREATE INDEX saga_open ON saga (created_at) WHERE ended_at IS NULL');
    this.addSql('CREATE INDEX saga_created ON saga (created_at)');
  }
}

/** A step or compensation that was begun, in the order of `ordinal`. */
class Steps extends Migration {
  override up() {
    this.addSql(`
      CREATE TABLE saga_step (
        saga_id text COLLATE "C" NOT NULL REFERENCES saga,
        step text NOT NULL,
        direction text NOT NULL CHECK (direction IN ('FORWARD', 'COMPENSATION')),
        ordinal int NOT NULL CHECK (ordinal > 0),
        status text NOT NULL CHECK (status IN ('PENDING', 'RUNNING', 'SUCCESS', 'FAILURE', 'IN_DOUBT', 'SKIPPED')),
        attempts int NOT NULL CHECK (attempts >= 0),
        earlier_attempts int NOT NULL CHECK (earlier_attempts BETWEEN 0 AND attempts),
        late_reply text CHECK (late_reply IN ('SUCCESS', 'REFUSED')),
        error text,
        command_id uuid NOT NULL UNIQUE,
        started_at timestamptz,
        ended_at timestamptz,
        PRIMARY KEY (saga_id, step, direction),
        UNIQUE (saga_id, ordinal),
        CHECK ((attempts > 0) = (started_at IS NOT NULL)),
        CHECK ((status IN ('PENDING', 'RUNNING')) = (ended_at IS NULL))
      ) WITH (fillfactor = 70)`);
    this.addSql(`CREATE UNIQUE INDEX saga_step_current ON saga_step (saga_id) WHERE status IN ('PENDING', 'RUNNING')`);
    this.addSql(`COMMENT ON INDEX saga_step_current IS 'never two commands of a saga under way'`);
    this.addSql(`COMMENT ON COLUMN saga_step.earlier_attempts IS 'commands sent before an operator began to count anew'`);
  }
}

/** Appended to only. The first line of each version keeps the event that was decided on: with those, any saga can be worked out again. */
class History extends Migration {
  override up() {
    this.addSql(`
      CREATE TABLE saga_event (
        saga_id text COLLATE "C" NOT NULL REFERENCES saga,
        number int NOT NULL CHECK (number > 0),
        version int NOT NULL CHECK (version > 0),
        kind text NOT NULL,
        state text NOT NULL CHECK (state IN (${states})),
        step text,
        direction text CHECK (direction IN ('FORWARD', 'COMPENSATION')),
        status text,
        detail text,
        event json,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (saga_id, number)
      )`);
    this.addSql('CREATE UNIQUE INDEX saga_event_version ON saga_event (saga_id, version) WHERE event IS NOT NULL');
  }
}

/** The one timer of each saga: when its current command is sent again, or given up, unless a reply comes before. */
class Timers extends Migration {
  override up() {
    this.addSql(`
      CREATE TABLE saga_timer (
        saga_id text COLLATE "C" PRIMARY KEY REFERENCES saga,
        step text NOT NULL,
        direction text NOT NULL CHECK (direction IN ('FORWARD', 'COMPENSATION')),
        attempt int NOT NULL CHECK (attempt > 0),
        due_at timestamptz NOT NULL
      )`);
    this.addSql('CREATE INDEX saga_timer_due ON saga_timer (due_at)');
  }
}

/**
 * No index has the state: it changes with every reply, and each time all of the indexes would have to be written. Lists of ended sagas go by `ended_as`, those of others are
 * looked for among the few that are open.
 */
class StateUnindexed extends Migration {
  override up() {
    this.addSql('DROP INDEX saga_state');
    this.addSql(
      `ALTER TABLE saga ADD COLUMN ended_as text GENERATED ALWAYS AS (CASE WHEN state IN ('COMPLETED', 'COMPENSATED') THEN state END) STORED`,
    );
    this.addSql('CREATE INDEX saga_ended ON saga (ended_as, seq) WHERE ended_as IS NOT NULL');
    this.addSql('ALTER TABLE saga SET (fillfactor = 50)');
  }
}

/** Run after those of the platform. */
export const sagaMigrations: readonly NamedMigration[] = [
  { name: 'sagas-001-sagas', class: Sagas },
  { name: 'sagas-002-steps', class: Steps },
  { name: 'sagas-003-history', class: History },
  { name: 'sagas-004-timers', class: Timers },
  { name: 'sagas-005-state-unindexed', class: StateUnindexed },
];
