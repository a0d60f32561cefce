import type { ServiceName, Sql } from '../databases.ts';
import type { Acknowledged } from '../world.ts';

/** What invariants are held against: databases, and what clients were told. */
export interface Facts {
  readonly sql: Sql;
  readonly history: readonly Acknowledged[];
  /** Told with violations: what they can be looked into with. */
  readonly trail?: string;
}

/** What holds whatever is killed, lost or repeated, once the stack has settled. */
export interface Invariant {
  /** I1 to I10 and what it says; several may make one. */
  readonly name: string;
  /** Says of each violation where it is. */
  find(facts: Facts): Promise<string[]>;
}

/** Reads one database; each row tells one violation by its `violation`. */
export const rowsOf =
  (service: ServiceName, text: string): Invariant['find'] =>
  async ({ sql }) =>
    (await sql<{ violation: string }>(service, text)).map(({ violation }) => violation);
