import type { NamedMigration } from '@comptoir/platform/migrations.ts';
import { Migration } from '@mikro-orm/migrations';

/** Of a key only its SHA-256 is kept: keys are long and random, so that nothing slower is needed. */
class Consumers extends Migration {
  override up() {
    this.addSql(`
      CREATE TABLE consumer (
        id text COLLATE "C" PRIMARY KEY,
        name text NOT NULL UNIQUE CHECK (name <> ''),
        roles text[] NOT NULL CHECK (roles <@ '{ADMIN,MANAGER,CLERK,WAREHOUSE,ANALYST,DEVICE,INTEGRATION}'),
        per_minute int NOT NULL CHECK (per_minute > 0),
        per_hour int NOT NULL CHECK (per_hour > 0),
        demo boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    this.addSql(`
      CREATE TABLE api_key (
        hash bytea PRIMARY KEY CHECK (length(hash) = 32),
        consumer_id text COLLATE "C" NOT NULL REFERENCES consumer ON DELETE CASCADE,
        created_at timestamptz NOT NULL DEFAULT now(),
        revoked_at timestamptz
      )`);
    this.addSql('CREATE INDEX api_key_consumer ON api_key (consumer_id)');
  }
}

export const consumerMigrations: readonly NamedMigration[] = [{ name: 'accounts-001-consumers', class: Consumers }];
