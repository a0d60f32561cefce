import { randomUUID } from 'node:crypto';
import type { Database } from '@comptoir/platform/database.ts';
import { failpoint } from '@comptoir/platform/failpoint.ts';
import { query } from '@comptoir/platform/sql.ts';
import { maskMethod } from '../domain/payment-method.ts';
import { scenarioOf } from './scenarios.ts';

export interface StoredCapture {
  key: string;
  id: string;
  status: 'captured' | 'declined' | 'voided';
  amount_minor: string | null;
  currency: string | null;
  code: string | null;
  reason: string | null;
  refundable: boolean;
  refund_errors: number;
  refund_key: string | null;
  refund_id: string | null;
}

const columns = 'key, id, status, amount_minor, currency, code, reason, refundable, refund_errors, refund_key, refund_id';
const newId = (prefix: string) => `${prefix}_${randomUUID().replaceAll('-', '').slice(0, 24)}`;

/** How often a request with the key came, this time included. */
async function countRequest(database: Database, key: string): Promise<number> {
  const [row] = await database.query<{ times: number }>(
    'INSERT INTO request AS r (key, times) VALUES ($1, 1) ON CONFLICT (key) DO UPDATE SET times = r.times + 1 RETURNING times',
    [key],
  );
  return row?.times ?? 1;
}

export async function findCapture(database: Database, key: string): Promise<StoredCapture | null> {
  const [row] = await database.query<StoredCapture>(`SELECT ${columns} FROM capture WHERE key = $1`, [key]);
  return row ?? null;
}

export interface CaptureRequest {
  readonly key: string;
  readonly amount: string;
  readonly currency: string;
  readonly method: string;
}

/** Takes the money once for a key. `error`: nothing was done; `lost`: it was done, and nobody is to hear of it this time. */
export async function capture(
  database: Database,
  { key, amount, currency, method }: CaptureRequest,
): Promise<{ kind: 'error' } | { kind: 'conflict' } | { kind: 'done' | 'slow' | 'lost'; capture: StoredCapture }> {
  const scenario = scenarioOf(method);
  const times = await countRequest(database, `capture ${key}`);
  if (times <= (scenario.errors ?? 0)) return { kind: 'error' };
  failpoint('provider.capture.counted', key);
  const stored = await database.transaction(async (em) => {
    await query(
      em,
      `INSERT INTO capture (key, id, status, amount_minor, currency, method, code, reason, refundable, refund_errors)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (key) DO NOTHING`,
      [
        key,
        newId('ch'),
        scenario.decline ? 'declined' : 'captured',
        amount,
        currency,
        maskMethod(method),
        scenario.decline?.code ?? null,
        scenario.decline?.reason ?? null,
        !scenario.refuseRefund,
        scenario.refundErrors ?? 0,
      ],
    );
    const [row] = await query<StoredCapture>(em, `SELECT ${columns} FROM capture WHERE key = $1`, [key]);
    return row as StoredCapture;
  });
  if (stored.status !== 'voided' && (stored.amount_minor !== amount || stored.currency !== currency)) return { kind: 'conflict' };
  return { kind: scenario.loseAnswer && times === 1 ? 'lost' : scenario.slow ? 'slow' : 'done', capture: stored };
}

/** Gives back what was taken under the capture's key, once; where nothing was, nothing will be. */
export async function refund(
  database: Database,
  { key, captureKey }: { key: string; captureKey: string },
): Promise<'error' | StoredCapture> {
  const times = await countRequest(database, `refund ${key}`);
  failpoint('provider.refund.counted', key);
  return database.transaction(async (em) => {
    await query(em, `INSERT INTO capture (key, id, status) VALUES ($1, $2, 'voided') ON CONFLICT (key) DO NOTHING`, [
      captureKey,
      newId('vo'),
    ]);
    const [found] = await query<StoredCapture>(em, `SELECT ${columns} FROM capture WHERE key = $1 FOR UPDATE`, [captureKey]);
    const stored = found as StoredCapture;
    if (stored.status !== 'captured' || stored.refund_id !== null || !stored.refundable) return stored;
    if (times <= stored.refund_errors) return 'error';
    const [refunded] = await query<StoredCapture>(
      em,
      `UPDATE capture SET refund_key = $2, refund_id = $3, refunded_at = clock_timestamp() WHERE key = $1 RETURNING ${columns}`,
      [captureKey, key, newId('re')],
    );
    return refunded as StoredCapture;
  });
}
