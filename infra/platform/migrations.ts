import type { Migration } from '@mikro-orm/migrations';
import type { Constructor } from '@mikro-orm/postgresql';

/** A migration with the name under which the database remembers that it ran. */
export interface NamedMigration {
  readonly name: string;
  readonly class: Constructor<Migration>;
}

/** The tables of outbox, inbox, dead letters and idempotency keys: listed before a service's own migrations. */
export const platformMigrations: readonly NamedMigration[] = [];
