import type { NamedMigration } from '@comptoir/platform/migrations.ts';
import { Migration } from '@mikro-orm/migrations';

/** A capture is named by its idempotency key. `voided`: nothing was taken, and nothing can be any more. */
class Captures extends Migration {
  override up() {
    this.addSql(`
      CREATE TABLE capture (
        key text COLLATE "C" PRIMARY KEY,
        id text NOT NULL UNIQUE,
        status text NOT NULL CHECK (status IN ('captured', 'declined', 'voided')),
        amount_minor bigint,
        currency char(3),
        method text,
        code text,
        reason text,
        refundable boolean NOT NULL DEFAULT true,
        refund_errors int NOT NULL DEFAULT 0,
        refund_key text UNIQUE,
        refund_id text UNIQUE,
        refunded_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp()
      )`);
    this.addSql('CREATE TABLE request (key text COLLATE "C" PRIMARY KEY, times int NOT NULL)');
  }
}

export const paymentProviderMigrations: readonly NamedMigration[] = [{ name: 'payments-001-captures', class: Captures }];
