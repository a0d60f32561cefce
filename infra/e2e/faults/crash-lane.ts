import { setTimeout as delay } from 'node:timers/promises';
import { newSagaId } from '@comptoir/sagas/domain/saga-id.ts';
import { markerQueue, sagaStartQueue } from '@comptoir/schema/topology.ts';
import { until } from '../until.ts';
import { cards, tokenFor } from './cards.ts';
import { type Cell, type Course, failpointOf, type Victim } from './crash-cells.ts';
import type { Stack } from './stack.ts';

/** What became of a cell. */
export interface Crash {
  readonly cell: Cell;
  readonly sagaId: string;
  /** SIGKILL where the part died by itself; `alive`: it never came by. */
  readonly ending: string | number;
}

/** Begins an order, under an id that is known before, and sees to it that it takes its course. */
export interface Orders {
  begin(sagaId: string, course: Course): void;
  /** Makes a part that does not run believe that the broker has lost its data. */
  loseMarker(victim: Victim): Promise<unknown>;
  /** Resolves when everything was done that somebody has to do from outside. */
  done(): Promise<unknown>;
}

const deathWithinMs = 60_000;
const courseWithinMs = 120_000;

const methods: Readonly<Record<Course, string>> = {
  completed: 'card',
  returned: 'card',
  'unknown customer': 'card',
  declined: cards.declined,
  // Paid at once, and answered so slowly that it is cancelled by then.
  cancelled: cards.slow,
  'cancelled unpaid': tokenFor('4000000000000127'),
};
const unknownCustomer = 999_999;

export async function createOrders(stack: Stack): Promise<Orders> {
  const productId = Number(await stack.addProduct({ stock: 10_000 }));
  const customerId = Number((await stack.addCustomers(1))[0]);
  const channel = await stack.broker?.channel();
  if (!channel) throw new Error('the stack needs a broker of its own');
  const deeds: Promise<void>[] = [];

  /** Asks, whoever may be dead at the moment, until it is seen to be done. */
  async function insist(part: string, mutation: string, id: string, isDone: () => Promise<boolean>): Promise<void> {
    const ask = async () => {
      await stack.graph(part, mutation, { id }).catch(() => undefined); // asked again
      return isDone();
    };
    await until(ask, courseWithinMs, () => `${part} did not do it: ${mutation} of ${id}; ${stack.trail}`);
  }

  async function cancelWhilePaid(sagaId: string): Promise<void> {
    const isPaid = async () => (await stack.stateOf(sagaId)) === 'PAYMENT_PROCESSING';
    await until(isPaid, courseWithinMs, () => `${sagaId} is never paid; ${stack.trail}`);
    const mutation = 'mutation ($id: ID!) { cancelSaga(id: $id) { __typename } }';
    await insist('sagas', mutation, sagaId, async () => {
      const [saga] = await stack.sql<{ done: boolean }>('sagas', 'SELECT cancel_requested AS done FROM saga WHERE id = $1', [sagaId]);
      return saga?.done ?? false;
    });
  }

  async function giveBack(sagaId: string): Promise<void> {
    const isCompleted = async () => (await stack.stateOf(sagaId)) === 'COMPLETED';
    await until(isCompleted, courseWithinMs, () => `${sagaId} is never completed; ${stack.trail}`);
    const [order] = await stack.sql<{ id: number }>('orders', 'SELECT id FROM customer_order WHERE saga_id = $1', [sagaId]);
    const id = String(order?.id);
    await insist('orders', 'mutation ($id: ID!) { cancelOrder(id: $id) { __typename } }', id, async () => {
      const promised = `SELECT FROM customer_order WHERE id = $1 AND cancellation_saga_id IS NOT NULL`;
      return (await stack.sql('orders', promised, [id])).length > 0;
    });
  }

  function keep(deed: Promise<void>): void {
    deed.catch(() => undefined); // done() tells
    deeds.push(deed);
  }

  return {
    loseMarker: (victim) => channel.deleteQueue(markerQueue(victim)),
    begin(sagaId, course) {
      const order = {
        customer_id: course === 'unknown customer' ? unknownCustomer : customerId,
        lines: [{ product_id: productId, quantity: 2 }],
        shipping_address: '1 rue du Comptoir, Lyon',
        payment_method: methods[course],
      };
      const content = Buffer.from(JSON.stringify({ saga_id: sagaId, definition: 'order-processing', data: order }));
      channel.sendToQueue(sagaStartQueue, content, { messageId: `${sagaId}.start`, type: 'saga.start', persistent: true });
      if (course === 'cancelled' || course === 'cancelled unpaid') keep(cancelWhilePaid(sagaId));
      if (course === 'returned') keep(giveBack(sagaId));
    },
    done: () => Promise.all(deeds),
  };
}

/** Cell after cell: a new order, the part started for it armed, dead. The start for the next cell is the one that has to mend the last. */
export async function crashInTurn(stack: Stack, orders: Orders, victim: Victim, cells: readonly Cell[]): Promise<Crash[]> {
  const crashes: Crash[] = [];
  await stack.kill(victim);
  for (const cell of cells) {
    const sagaId = newSagaId();
    if (cell.step === 'RESEND') await orders.loseMarker(victim);
    orders.begin(sagaId, cell.course);
    stack.start(victim, { FAILPOINT: failpointOf(cell, sagaId) }).catch(() => undefined); // it may die before it is ready
    const patience = new AbortController();
    const alive = delay(deathWithinMs, 'alive', { signal: patience.signal }).catch(() => 'alive'); // only the abort rejects it
    crashes.push({ cell, sagaId, ending: await Promise.race([stack.exited(victim), alive]) });
    patience.abort();
    await stack.kill(victim);
  }
  await stack.start(victim);
  return crashes;
}
