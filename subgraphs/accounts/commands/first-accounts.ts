import { recordAudit } from '@comptoir/platform/audit.ts';
import type { Database } from '@comptoir/platform/database.ts';
import { query } from '@comptoir/platform/sql.ts';
import { hashOfKey, lastFourOfKey, prefixOfKey } from '../domain/api-key.ts';
import { demoConsumers } from '../domain/demo-consumers.ts';
import { demoStaff } from '../domain/demo-staff.ts';
import type { Passwords } from '../security/passwords.ts';
import { insertStaff } from '../store/staff.ts';

/** Of an advisory lock: two processes that start at once seed once. */
const seedLock = 0x636f6d32;

/** Creates the consumers of the demo with their keys, or makes them again what they should be. */
export async function seedDemoConsumers(database: Database): Promise<void> {
  await database.transaction(async (em) => {
    for (const { id, name, roles, tier, key } of demoConsumers) {
      await query(
        em,
        `INSERT INTO consumer (id, name, roles, tier, demo) VALUES ($1, $2, $3, $4, true)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, roles = excluded.roles, tier = excluded.tier, per_minute = NULL, per_hour = NULL, demo = true`,
        [id, name, roles, tier],
      );
      await query(
        em,
        `INSERT INTO api_key (hash, consumer_id, label, prefix, last_four) VALUES ($1, $2, 'demo', $3, $4)
         ON CONFLICT (hash) DO UPDATE SET label = excluded.label, prefix = excluded.prefix, last_four = excluded.last_four`,
        [hashOfKey(key), id, prefixOfKey(key), lastFourOfKey(key)],
      );
    }
  });
}

/** Creates the staff of the demo where nobody works here yet; leaves everything as it is where somebody does. True: they were created. */
export async function seedDemoStaff(database: Database, passwords: Passwords): Promise<boolean> {
  if (await anybody(database)) return false;
  const people = await Promise.all(
    demoStaff.map(async ({ password, pin, role, ...person }) => ({
      ...person,
      email: `${person.login}@example.org`,
      roleIds: [role],
      stores: [...person.stores],
      passwordHash: await passwords.hash(password),
      pinHash: pin === null ? null : await passwords.hash(pin),
      demo: true,
    })),
  );
  return database.transaction(async (em) => {
    await query(em, 'SELECT pg_advisory_xact_lock($1)', [seedLock]);
    const [row] = await query<{ found: boolean }>(em, someone);
    if (row?.found) return false;
    for (const person of people) await insertStaff(em, person);
    return true;
  });
}

const someone = 'SELECT EXISTS (SELECT FROM staff) AS found';
const anybody = async (database: Database) => (await database.query<{ found: boolean }>(someone))[0]?.found ?? false;

/** Creates the administrator that the installation was told of, where nobody works here yet. True: it was created. */
export async function createFirstAdministrator(
  database: Database,
  passwords: Passwords,
  { login, password }: { login: string; password: string },
): Promise<boolean> {
  if (await anybody(database)) return false;
  const passwordHash = await passwords.hash(password);
  return database.transaction(async (em) => {
    await query(em, 'SELECT pg_advisory_xact_lock($1)', [seedLock]);
    const [row] = await query<{ found: boolean }>(em, someone);
    if (row?.found) return false;
    const id = await insertStaff(em, {
      name: login,
      login,
      email: null,
      badge: null,
      roleIds: ['ADMIN'],
      stores: [],
      passwordHash,
      pinHash: null,
    });
    await recordAudit(em, {
      actor: { consumerId: 'installation', name: 'installation' },
      action: 'staff.created',
      entityType: 'staff',
      entityId: id,
      summary: `${login} was created as the first administrator`,
    });
    return true;
  });
}

/** For a production profile, whose keys and passwords must be secret. Throws where a consumer or a member of staff of the demo exists. */
export async function refuseDemoAccounts(database: Database): Promise<void> {
  const rows = await database.query<{ kind: string; name: string }>(
    `SELECT 'consumer' AS kind, name FROM consumer WHERE demo UNION ALL SELECT 'staff', login FROM staff WHERE demo ORDER BY 1, 2`,
  );
  if (rows.length === 0) return;
  const named = (kind: string) => rows.filter((row) => row.kind === kind).map(({ name }) => name);
  const [consumers, staff] = [named('consumer'), named('staff')];
  const who = [
    ...(consumers.length > 0 ? [`the consumers ${consumers.join(', ')} have keys`] : []),
    ...(staff.length > 0 ? [`the members of staff ${staff.join(', ')} have passwords`] : []),
  ];
  throw new Error(
    `NODE_ENV=production refuses to start beside demo data: ${who.join(' and ')} that everybody knows. ` +
      `Delete them from the database ${database.database} (DELETE FROM consumer WHERE demo; DELETE FROM staff WHERE demo), or use another one.`,
  );
}
