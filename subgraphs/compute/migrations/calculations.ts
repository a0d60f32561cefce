import type { NamedMigration } from '@comptoir/platform/migrations.ts';
import { Migration } from '@mikro-orm/migrations';

/** `seq` is the order of acceptance, by which pages go. `missing`: operations that have no result yet. */
class Tasks extends Migration {
  override up() {
    this.addSql(`
      CREATE TABLE batch (
        id text COLLATE "C" PRIMARY KEY,
        seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        state text NOT NULL CHECK (state IN ('RUNNING', 'COMPLETED', 'CANCELLED')),
        source text NOT NULL CHECK (source IN ('WEB', 'AUTO')),
        task_count int NOT NULL CHECK (task_count > 0),
        total int NOT NULL CHECK (total >= task_count),
        completed int NOT NULL DEFAULT 0 CHECK (completed BETWEEN 0 AND total),
        non_finite int NOT NULL DEFAULT 0 CHECK (non_finite BETWEEN 0 AND completed),
        submitted_by text,
        submitted_at timestamptz NOT NULL,
        ended_at timestamptz,
        CHECK ((state = 'RUNNING') = (ended_at IS NULL)),
        CHECK (state <> 'COMPLETED' OR completed = total)
      )`);
    this.addSql(`
      CREATE TABLE task (
        id text COLLATE "C" PRIMARY KEY,
        seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        n1 float8 NOT NULL,
        n2 float8 NOT NULL,
        operation text NOT NULL CHECK (operation IN ('ADD', 'SUB', 'MUL', 'DIV', 'ALL')),
        source text NOT NULL CHECK (source IN ('WEB', 'AUTO')),
        state text NOT NULL CHECK (state IN ('PENDING', 'COMPLETED', 'CANCELLED')),
        is_foreign boolean NOT NULL,
        missing text[] NOT NULL,
        submitted_by text,
        batch_id text COLLATE "C" REFERENCES batch,
        submitted_at timestamptz NOT NULL,
        completed_at timestamptz,
        CHECK ((state = 'COMPLETED') = (missing = '{}')),
        CHECK ((state = 'COMPLETED') = (completed_at IS NOT NULL))
      )`);
    this.addSql('CREATE INDEX task_source ON task (source, seq)');
    this.addSql('CREATE INDEX task_operation ON task (operation, seq)');
    this.addSql(`CREATE INDEX task_unfinished ON task (state, seq) WHERE state <> 'COMPLETED'`);
    this.addSql('CREATE INDEX task_submitter ON task (submitted_by, seq) WHERE submitted_by IS NOT NULL');
    this.addSql('CREATE INDEX task_batch ON task (batch_id, seq) WHERE batch_id IS NOT NULL');
  }
}

class Results extends Migration {
  override up() {
    this.addSql(`
      CREATE TABLE result (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        task_id text COLLATE "C" NOT NULL REFERENCES task,
        operation text NOT NULL CHECK (operation IN ('ADD', 'SUB', 'MUL', 'DIV')),
        n1 float8 NOT NULL,
        n2 float8 NOT NULL,
        value float8 NOT NULL,
        source text NOT NULL CHECK (source IN ('WEB', 'AUTO')),
        batch_id text COLLATE "C",
        worker_id text NOT NULL,
        processing_time float8 NOT NULL CHECK (processing_time >= 0),
        completed_at timestamptz NOT NULL,
        UNIQUE (task_id, operation)
      )`);
    this.addSql('CREATE INDEX result_source ON result (source, id)');
    this.addSql('CREATE INDEX result_operation ON result (operation, id)');
    this.addSql('CREATE INDEX result_batch ON result (batch_id, id) WHERE batch_id IS NOT NULL');
  }
}

/** Counters are kept, not counted: reading them costs the same however long the history is. */
class Statistics extends Migration {
  override up() {
    this.addSql(`
      CREATE TABLE stats (
        single boolean PRIMARY KEY DEFAULT true CHECK (single),
        since timestamptz NOT NULL,
        cleared_result_id bigint NOT NULL
      )`);
    this.addSql(`COMMENT ON COLUMN stats.cleared_result_id IS 'the last result stored before the counters were last cleared'`);
    this.addSql('INSERT INTO stats (since, cleared_result_id) VALUES (now(), 0)');
    this.addSql(`
      CREATE TABLE counter (
        source text NOT NULL,
        operation text NOT NULL,
        tasks bigint NOT NULL DEFAULT 0,
        sent bigint NOT NULL DEFAULT 0,
        received bigint NOT NULL DEFAULT 0,
        pending bigint NOT NULL DEFAULT 0,
        processing_seconds float8 NOT NULL DEFAULT 0,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (source, operation)
      ) WITH (fillfactor = 20)`);
    this.addSql(`COMMENT ON COLUMN counter.pending IS 'calculations without a result; not cleared'`);
    this.addSql(`
      INSERT INTO counter (source, operation, updated_at)
      SELECT source, operation, now() FROM unnest('{WEB,AUTO}'::text[]) source, unnest('{ADD,SUB,MUL,DIV,ALL}'::text[]) operation`);
    this.addSql(`
      CREATE TABLE worker (
        id text COLLATE "C" PRIMARY KEY,
        operation text NOT NULL CHECK (operation IN ('ADD', 'SUB', 'MUL', 'DIV')),
        announced boolean NOT NULL,
        state text NOT NULL CHECK (state IN ('IDLE', 'BUSY', 'GONE')),
        state_at timestamptz NOT NULL,
        current_task_id text,
        results int NOT NULL DEFAULT 0,
        last_seen_at timestamptz NOT NULL
      )`);
    this.addSql(`COMMENT ON COLUMN worker.state_at IS 'by the clock of the worker: older news than this are no news'`);
  }
}

/** Finds a task's messages: when one was last sent, and which are not sent yet. */
class TaskMessages extends Migration {
  override up() {
    this.addSql(`CREATE INDEX outbox_task ON outbox (aggregate_id) WHERE type = 'calculation.task'`);
  }
}

/** Run after those of the platform. */
export const calculationMigrations: readonly NamedMigration[] = [
  { name: 'compute-001-tasks', class: Tasks },
  { name: 'compute-002-results', class: Results },
  { name: 'compute-003-statistics', class: Statistics },
  { name: 'compute-004-task-messages', class: TaskMessages },
];
