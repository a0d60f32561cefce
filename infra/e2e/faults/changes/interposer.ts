/** Stands between our processes and the broker, in those processes: what is sent and what comes goes through here, and suffers what the test says. */
import { createHash } from 'node:crypto';
import { setTimeout as later } from 'node:timers';

const seed = process.env.FAULTS_SEED ?? '0';

/** From 0 up to, not including, 1: the same for the same words under the same seed. */
function chance(...words: readonly unknown[]): number {
  return (
    createHash('sha256')
      .update(JSON.stringify([seed, ...words]))
      .digest()
      .readUInt32BE() /
    2 ** 32
  );
}

let count = 0;
const note = (fields: object) => console.log(JSON.stringify({ time: new Date().toISOString(), event: 'interposed', ...fields }));

/** How often a message is published beside the one time that it is: one to four times. */
export function copiesOf(messageId: string | undefined): number {
  count += 1;
  const copies = 1 + Math.floor(chance('copies', process.pid, count) * 4);
  note({ copies, messageId });
  return copies;
}

interface Delivery {
  readonly fields: { readonly routingKey: string };
  readonly properties: { readonly messageId?: unknown; readonly type?: unknown };
}

const steps = new Set(['stock.reserve', 'order.create', 'payment.process']);
/** Twice what a step is waited for at the time scale of the test. */
const longestMs = 12_000;
const shortMs = 100;

/**
 * Hands a delivery over after a delay that is that of its message, so that its repetitions are late as well: most come soon and out of order; of the steps
 * that leave something to undo every second one takes up to 12 s, of all else every tenth.
 */
export function handLater({ properties: { messageId, type } }: Delivery, hand: () => void): void {
  const isSlow = chance('slow', messageId) < (steps.has(String(type)) ? 1 / 2 : 1 / 10);
  const delayMs = isSlow ? chance('delay', messageId) * longestMs : Math.random() * shortMs;
  if (isSlow) note({ delayMs: Math.round(delayMs), messageId, type });
  later(hand, delayMs);
}

const droppedShare = 0.2;

/** Whether a reply is lost on its way: every fifth one. */
export function isLost(queue: string, { properties: { messageId } }: Delivery): boolean {
  count += 1;
  if (queue !== 'sagas.replies' || chance('lost', process.pid, count) >= droppedShare) return false;
  note({ lost: true, messageId });
  return true;
}
