import type { Sql } from '../databases.ts';
import type { Invariant } from './invariant.ts';
import { isSettled, type OrderSaga, readOrderSagas } from './read-sagas.ts';

interface Capture {
  readonly key: string;
  readonly status: string;
  readonly amount_minor: string | null;
  readonly refunded: boolean;
}

const readCaptures = (sql: Sql): Promise<Capture[]> =>
  sql<Capture>('payments', 'SELECT key, status, amount_minor, refund_id IS NOT NULL AS refunded FROM capture ORDER BY key');

/** What the provider holds of a capture, in minor units. */
const kept = ({ status, amount_minor, refunded }: Capture): bigint => (status === 'captured' && !refunded ? BigInt(amount_minor ?? 0) : 0n);

const owed = ({ state, refund, amount_minor }: OrderSaga): bigint =>
  state === 'COMPLETED' && refund !== 'done' ? BigInt(amount_minor ?? 0) : 0n;

const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);

/** The provider's own books are the truth; what orders has written down has to agree with them. */
export const moneyInvariants: readonly Invariant[] = [
  {
    name: 'I2 what was taken and not given back is what completed orders come to',
    async find({ sql }) {
      const sagas = await readOrderSagas(sql);
      const undecided = new Set(sagas.filter((saga) => !isSettled(saga)).map(({ payment_command }) => payment_command));
      const captures = (await readCaptures(sql)).filter(({ key }) => !undecided.has(key));
      const taken = sum(captures.map(kept));
      const due = sum(sagas.filter(isSettled).map(owed));
      return taken === due ? [] : [`the provider holds ${taken} in minor units, completed orders come to ${due}`];
    },
  },
  {
    name: 'I2 each payment is the saga’s own',
    async find({ sql }) {
      const sagas = new Map((await readOrderSagas(sql)).map((saga) => [saga.payment_command, saga]));
      return (await readCaptures(sql)).flatMap((capture) => {
        const saga = sagas.get(capture.key);
        if (!saga) return kept(capture) === 0n ? [] : [`${kept(capture)} were taken under ${capture.key}, which no saga asked for`];
        if (!isSettled(saga) || kept(capture) === owed(saga)) return [];
        return [`${saga.id} is ${saga.state}, of ${owed(saga)} in minor units the provider holds ${kept(capture)}`];
      });
    },
  },
  {
    name: 'I2 orders and provider agree',
    async find({ sql }) {
      const captures = new Map((await readCaptures(sql)).map((capture) => [capture.key, capture]));
      const settled = new Set((await readOrderSagas(sql)).filter(isSettled).map(({ id }) => id));
      const payments = await sql<{ id: string; saga_id: string; provider_key: string; status: string; net: string }>(
        'orders',
        `SELECT id, saga_id, provider_key, status, CASE WHEN status IN ('CAPTURED', 'REFUNDED') THEN amount_minor - refunded_minor ELSE 0 END AS net FROM payment`,
      );
      return payments.flatMap(({ id, saga_id, provider_key, status, net }) => {
        const capture = captures.get(provider_key);
        const held = capture ? kept(capture) : 0n;
        if (!settled.has(saga_id) || (status !== 'PENDING' && BigInt(net) === held)) return [];
        return [`payment ${id} of ${saga_id} is ${status} with ${net} in minor units; the provider holds ${held}`];
      });
    },
  },
];
