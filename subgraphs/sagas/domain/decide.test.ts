import { describe, expect, it } from 'vitest';
import { possibleActions } from './actions.ts';
import { commandNamed } from './definition.ts';
import { errorOf } from './saga.ts';
import { cancellation, createPlay, processing, refund } from './testing/play.ts';

const forward = ['CHECK_STOCK', 'RESERVE_STOCK', 'CREATE_ORDER', 'PROCESS_PAYMENT', 'CONFIRM_ORDER'];
const undoing: Readonly<Record<string, string[]>> = {
  CHECK_STOCK: [],
  RESERVE_STOCK: [],
  CREATE_ORDER: ['RELEASE_STOCK'],
  PROCESS_PAYMENT: ['CANCEL_ORDER', 'RELEASE_STOCK'],
  CONFIRM_ORDER: ['REFUND_PAYMENT', 'CANCEL_ORDER', 'RELEASE_STOCK'],
};
/** Of a step itself, where it may have happened. */
const own: Readonly<Record<string, string[]>> = {
  RESERVE_STOCK: ['RELEASE_STOCK'],
  CREATE_ORDER: ['CANCEL_ORDER'],
  PROCESS_PAYMENT: ['REFUND_PAYMENT'],
};

/** A saga whose turn it is to do that step. */
function upTo(step: string) {
  const play = createPlay();
  play.start();
  play.succeed(...forward.slice(0, forward.indexOf(step)));
  return play;
}

const undone = (play: ReturnType<typeof createPlay>) =>
  play.saga().steps.flatMap(({ step, direction }) => (direction === 'COMPENSATION' ? [step] : []));

describe('an order that goes well', () => {
  it('goes through the states of the contract in order, with one command a step', () => {
    const play = createPlay();
    play.start();
    expect(play.saga().state).toBe('STOCK_CHECKING');
    play.succeed(...forward);
    expect(play.states()).toEqual([
      'PENDING',
      'STOCK_CHECKING',
      'STOCK_RESERVED',
      'ORDER_CREATED',
      'PAYMENT_PROCESSING',
      'PAYMENT_COMPLETED',
      'COMPLETED',
    ]);
    expect(play.commands()).toEqual(forward);
    expect(play.saga()).toMatchObject({ state: 'COMPLETED', failure: null, version: 6 });
    expect(play.timer()).toEqual({ kind: 'CLEAR' });
  });

  it('hands on to each step what earlier ones answered', () => {
    const play = createPlay();
    play.start();
    play.succeed(...forward);
    expect(play.decisions.flatMap(({ commands }) => commands.map(({ data }) => data))).toEqual([
      { place_id: null, lines: [{ product_id: 5, quantity: 2 }] },
      { place_id: 6, lines: [{ product_id: 5, quantity: 2 }] },
      {
        customer_id: 1,
        lines: [{ product_id: 5, quantity: 2, unit_price_minor: '1250', name: 'Café Kenya' }],
        shipping_address: '1 rue du Comptoir',
        billing_address: null,
      },
      { order_id: 7, amount_minor: '2500', currency: 'EUR', method: 'card' },
      { order_id: 7 },
    ]);
  });

  it('is not started twice', () => {
    const play = createPlay();
    play.start();
    expect(play.start()).toBeNull();
  });
});

describe('a step that is refused', () => {
  it.each(forward)('%s: what was done before it is undone in reverse, and nothing of its own', (step) => {
    const play = upTo(step);
    play.refuse(step, 'no');
    play.succeed(...(undoing[step] ?? []));
    expect(undone(play)).toEqual(undoing[step]);
    expect(play.saga()).toMatchObject({ state: 'COMPENSATED', failure: `${step}: no`, needsAttention: false });
    expect(play.statuses()[step]).toBe('FAILURE');
  });

  it('an unknown customer ends compensated: the stock is released', () => {
    const play = upTo('CREATE_ORDER');
    play.refuse('CREATE_ORDER', 'There is no customer 99999.');
    expect(play.saga().state).toBe('COMPENSATING');
    play.succeed('RELEASE_STOCK');
    expect(play.statuses()).toEqual({
      CHECK_STOCK: 'SUCCESS',
      RESERVE_STOCK: 'SUCCESS',
      CREATE_ORDER: 'FAILURE',
      RELEASE_STOCK: 'SUCCESS',
    });
  });
});

describe('a step that is not answered', () => {
  it.each(forward)('%s is asked for again at the times of its definition, and is in doubt then: it is undone too', (step) => {
    const play = upTo(step);
    const { timeoutsMs } = commandNamed(processing, step);
    const waited: number[] = [];
    while (play.saga().steps.at(-1)?.step === step && play.saga().state !== 'COMPENSATED') {
      const timer = play.timer();
      if (timer.kind === 'SET') waited.push(timer.afterMs);
      play.timeOut();
    }
    expect(waited).toEqual(timeoutsMs);
    expect(play.commands().filter((sent) => sent === step)).toHaveLength(timeoutsMs.length);
    const compensations = [...(own[step] ?? []), ...(undoing[step] ?? [])];
    play.succeed(...compensations);
    expect(undone(play)).toEqual(compensations);
    expect(play.statuses()[step]).toBe('IN_DOUBT');
    expect(play.saga().state).toBe('COMPENSATED');
  });

  it('the waits are 2, 4, 8, 16 and 30 seconds; past the pivot minutes', () => {
    expect(commandNamed(processing, 'RESERVE_STOCK').timeoutsMs).toEqual([2_000, 4_000, 8_000, 16_000, 30_000]);
    expect(commandNamed(processing, 'CONFIRM_ORDER').timeoutsMs.reduce((sum, each) => sum + each)).toBe(300_000);
    expect(commandNamed(processing, 'RELEASE_STOCK').timeoutsMs).toHaveLength(15);
  });

  it('a reply to any of the repeated commands is the reply', () => {
    const play = upTo('RESERVE_STOCK');
    play.timeOut();
    play.timeOut();
    play.succeed('RESERVE_STOCK');
    expect(play.saga()).toMatchObject({ state: 'STOCK_RESERVED' });
  });

  it('a reply that comes too late changes no outcome, is kept once, and what it tells reaches the compensation', () => {
    const play = upTo('CREATE_ORDER');
    play.silence();
    const before = play.timer();
    play.succeed('CREATE_ORDER');
    expect(play.succeed('CREATE_ORDER')).toBeNull();
    expect(play.timer()).toBe(before);
    expect(play.saga().steps.find(({ step }) => step === 'CREATE_ORDER')).toMatchObject({ status: 'IN_DOUBT', lateReply: 'SUCCESS' });
    const again = play.timeOut();
    expect(again?.commands).toMatchObject([{ step: 'CANCEL_ORDER', data: { order_id: 7 } }]);
    play.succeed('CANCEL_ORDER', 'RELEASE_STOCK');
    expect(play.saga().state).toBe('COMPENSATED');
  });
});

describe('events that are not for the saga as it stands', () => {
  it('a repeated reply, a reply to a step that is yet to come, an overtaken timer: nothing', () => {
    const play = upTo('RESERVE_STOCK');
    const timer = play.timer();
    expect(play.succeed('CHECK_STOCK')).toBeNull();
    expect(play.refuse('CHECK_STOCK')).toBeNull();
    expect(play.succeed('PROCESS_PAYMENT')).toBeNull();
    expect(play.succeed('RELEASE_STOCK')).toBeNull();
    expect(play.tell({ kind: 'REPLY', step: 'RESERVE_STOCK', direction: 'COMPENSATION', outcome: 'SUCCESS' })).toBeNull();
    expect(play.tell({ kind: 'TIMEOUT', step: 'CHECK_STOCK', direction: 'FORWARD', attempt: 1 })).toBeNull();
    expect(play.tell({ kind: 'TIMEOUT', step: 'RESERVE_STOCK', direction: 'FORWARD', attempt: 2 })).toBeNull();
    expect(play.timer()).toBe(timer);
  });

  it('after the end nothing at all', () => {
    const play = upTo('CHECK_STOCK');
    play.refuse('CHECK_STOCK');
    expect(play.saga().state).toBe('COMPENSATED');
    for (const step of [...forward, 'RELEASE_STOCK']) expect(play.succeed(step)).toBeNull();
    for (const action of ['PAUSE', 'RESUME', 'CANCEL', 'RETRY'] as const) expect(play.act(action)).toBeNull();
  });
});

describe('a compensation', () => {
  it('that is refused is asked for again when its time is up, until it succeeds', () => {
    const play = upTo('CREATE_ORDER');
    play.refuse('CREATE_ORDER', 'no');
    for (let n = 1; n <= 10; n++) {
      expect(play.refuse('RELEASE_STOCK', `busy ${n}`)?.commands).toEqual([]);
      expect(play.refuse('RELEASE_STOCK', `busy ${n}`)).toBeNull();
      play.timeOut();
    }
    play.succeed('RELEASE_STOCK');
    expect(play.saga()).toMatchObject({ state: 'COMPENSATED', failure: 'CREATE_ORDER: no', needsAttention: false });
    expect(play.saga().steps.at(-1)).toMatchObject({ step: 'RELEASE_STOCK', attempts: 11, error: null });
  });

  it('that never succeeds leaves the saga failed and in need of a person, whose retry begins the tries anew', () => {
    const play = upTo('PROCESS_PAYMENT');
    play.refuse('PROCESS_PAYMENT', 'declined');
    play.refuse('CANCEL_ORDER', 'locked');
    play.silence();
    expect(play.saga()).toMatchObject({ state: 'FAILED', needsAttention: true });
    expect(play.commands().filter((step) => step === 'CANCEL_ORDER')).toHaveLength(15);
    expect(errorOf(processing, play.saga())).toBe('PROCESS_PAYMENT: declined; CANCEL_ORDER by orders keeps failing: locked');
    expect(play.timer()).toEqual({ kind: 'CLEAR' });
    expect(possibleActions(processing, play.saga())).toEqual(['RETRY']);

    const retried = play.act('RETRY');
    expect(retried?.saga).toMatchObject({ state: 'COMPENSATING', needsAttention: false });
    expect(retried?.timer).toMatchObject({ kind: 'SET', step: 'CANCEL_ORDER', attempt: 16, afterMs: 2_000 });
    play.succeed('CANCEL_ORDER', 'RELEASE_STOCK');
    expect(play.saga()).toMatchObject({ state: 'COMPENSATED', failure: 'PROCESS_PAYMENT: declined' });
  });

  it('whose reply comes after it was given up needs nobody any more', () => {
    const play = upTo('CREATE_ORDER');
    play.refuse('CREATE_ORDER');
    play.silence();
    expect(play.saga().state).toBe('FAILED');
    expect(play.refuse('RELEASE_STOCK')).toBeNull();
    play.succeed('RELEASE_STOCK');
    expect(play.saga()).toMatchObject({ state: 'COMPENSATED', needsAttention: false });
  });
});

describe('an operator', () => {
  it.each(forward)('holds a saga at %s: the reply is taken in, nothing is sent, nothing happens by itself; resuming goes on', (step) => {
    const play = upTo(step);
    const overtaken = play.timer();
    play.act('PAUSE');
    expect(play.timer()).toEqual({ kind: 'CLEAR' });
    if (overtaken.kind === 'SET') expect(play.tell({ ...overtaken, kind: 'TIMEOUT' })).toBeNull();
    const sent = play.commands().length;
    play.succeed(step);
    if (step === 'CONFIRM_ORDER') {
      expect(play.saga()).toMatchObject({ state: 'COMPLETED', paused: false });
      return;
    }
    expect(play.commands()).toHaveLength(sent);
    expect(play.saga()).toMatchObject({ paused: true });
    expect(play.saga().steps.at(-1)).toMatchObject({ status: 'PENDING', attempts: 0 });
    expect(possibleActions(processing, play.saga())).toEqual(['RESUME', 'CANCEL']);
    play.act('RESUME');
    play.succeed(...forward.slice(forward.indexOf(step) + 1));
    expect(play.saga().state).toBe('COMPLETED');
    expect(play.commands()).toEqual(forward);
  });

  it('resumes a saga whose reply was lost: the same command is sent again', () => {
    const play = upTo('RESERVE_STOCK');
    play.act('PAUSE');
    expect(play.act('RESUME')?.commands).toMatchObject([{ step: 'RESERVE_STOCK', attempt: 2 }]);
    expect(play.timer()).toMatchObject({ step: 'RESERVE_STOCK', attempt: 2, afterMs: 4_000 });
  });

  it('holds a saga that is being undone: a refusal while it is held begins no compensation', () => {
    const play = upTo('CREATE_ORDER');
    play.act('PAUSE');
    play.refuse('CREATE_ORDER', 'no');
    expect(play.saga()).toMatchObject({ state: 'COMPENSATING', paused: true });
    expect(play.commands()).not.toContain('RELEASE_STOCK');
    play.act('RESUME');
    play.succeed('RELEASE_STOCK');
    expect(play.saga()).toMatchObject({ state: 'COMPENSATED', paused: false });
  });

  it.each(forward)('cancels a saga at %s: the step is waited for, and everything is undone, the last step included', (step) => {
    const play = upTo(step);
    const timer = play.timer();
    play.act('CANCEL');
    expect(play.timer()).toBe(timer);
    expect(possibleActions(processing, play.saga())).toEqual(['PAUSE']);
    play.succeed(step);
    const compensations = [...(own[step] ?? []), ...(undoing[step] ?? [])];
    play.succeed(...compensations);
    expect(undone(play)).toEqual(compensations);
    expect(play.saga()).toMatchObject({ state: 'COMPENSATED', failure: 'cancelled by Ada' });
    expect(play.states()).not.toContain('COMPLETED');
  });

  it.each(forward)('cancels a saga at %s, which is not answered: it is not asked for again, and undone as one in doubt', (step) => {
    const play = upTo(step);
    play.act('CANCEL');
    play.timeOut();
    const compensations = [...(own[step] ?? []), ...(undoing[step] ?? [])];
    play.succeed(...compensations);
    expect(play.statuses()[step]).toBe('IN_DOUBT');
    expect(play.commands().filter((sent) => sent === step)).toHaveLength(1);
    expect(play.saga().state).toBe('COMPENSATED');
  });

  it('cancels a saga that is held before a step: that step leaves nothing to undo', () => {
    const play = upTo('CREATE_ORDER');
    play.act('PAUSE');
    play.succeed('CREATE_ORDER');
    play.act('CANCEL');
    expect(play.saga()).toMatchObject({ paused: false, state: 'COMPENSATING' });
    play.succeed('CANCEL_ORDER', 'RELEASE_STOCK');
    expect(play.statuses()).toMatchObject({ PROCESS_PAYMENT: 'SKIPPED', CANCEL_ORDER: 'SUCCESS', RELEASE_STOCK: 'SUCCESS' });
    expect(play.saga().state).toBe('COMPENSATED');
  });

  it('cancels a saga that is held while a step runs: it is asked for again, since its reply may be lost', () => {
    const play = upTo('CREATE_ORDER');
    play.act('PAUSE');
    expect(play.act('CANCEL')?.commands).toMatchObject([{ step: 'CREATE_ORDER', attempt: 2 }]);
    expect(play.timer()).toMatchObject({ kind: 'SET', step: 'CREATE_ORDER', attempt: 2 });
  });

  it('may do in each state just what makes sense there', () => {
    const play = upTo('RESERVE_STOCK');
    expect(possibleActions(processing, play.saga())).toEqual(['PAUSE', 'CANCEL']);
    expect(play.act('RETRY')).toBeNull();
    expect(play.act('RESUME')).toBeNull();
    play.act('PAUSE');
    expect(play.act('PAUSE')).toBeNull();
    play.act('CANCEL');
    expect(play.act('CANCEL')).toBeNull();
    play.refuse('RESERVE_STOCK');
    expect(play.saga().state).toBe('COMPENSATED');
    expect(possibleActions(processing, play.saga())).toEqual([]);
  });
});

describe('the cancellation of an order, which cannot be undone itself', () => {
  const start = () => {
    const play = createPlay(cancellation);
    play.start();
    return play;
  };

  it('refunds, restocks and cancels', () => {
    const play = start();
    play.succeed('REFUND_PAYMENT', 'RESTOCK', 'CANCEL_ORDER');
    expect(play.states()).toEqual(['PENDING', 'REFUND_PROCESSING', 'REFUNDED', 'RESTOCKED', 'COMPLETED']);
    expect(play.decisions.flatMap(({ commands }) => commands.map(({ type, queue }) => [type, queue]))).toEqual([
      ['payment.refund', 'payments.commands'],
      ['stock.restock', 'inventory.commands'],
      ['order.cancel', 'orders.commands'],
    ]);
  });

  it('whose refund is refused has done nothing, and says so', () => {
    const play = start();
    play.refuse('REFUND_PAYMENT', 'nothing was paid');
    expect(play.saga()).toMatchObject({ state: 'COMPENSATED', failure: 'REFUND_PAYMENT: nothing was paid' });
  });

  it('whose refund may have been paid never claims to be undone: it fails, and goes on from there', () => {
    const play = start();
    play.silence();
    expect(play.saga()).toMatchObject({ state: 'FAILED', needsAttention: true });
    expect(play.commands()).toHaveLength(15);
    expect(play.act('RETRY')?.saga.state).toBe('REFUND_PROCESSING');
    play.succeed('REFUND_PAYMENT', 'RESTOCK', 'CANCEL_ORDER');
    expect(play.saga().state).toBe('COMPLETED');
  });

  it.each(['RESTOCK', 'CANCEL_ORDER'])('asks for %s until it is done, refused or not', (step) => {
    const play = start();
    play.succeed('REFUND_PAYMENT');
    if (step === 'CANCEL_ORDER') play.succeed('RESTOCK');
    play.refuse(step, 'busy');
    expect(play.saga().steps.at(-1)).toMatchObject({ step, status: 'RUNNING', error: 'busy' });
    play.silence();
    expect(play.saga()).toMatchObject({ state: 'FAILED', failure: null });
    play.succeed(step);
    expect(play.saga()).toMatchObject({ needsAttention: false, state: step === 'RESTOCK' ? 'RESTOCKED' : 'COMPLETED' });
  });

  it('cannot be cancelled once its refund is under way, only held', () => {
    const play = start();
    expect(possibleActions(cancellation, play.saga())).toEqual(['PAUSE']);
    expect(play.act('CANCEL')).toBeNull();
  });
});

describe('the refund of an order that has left', () => {
  it('is one step, which is asked for until it is done', () => {
    const play = createPlay(refund);
    play.start();
    expect(possibleActions(refund, play.saga())).toEqual(['PAUSE']);
    play.timeOut();
    play.succeed('REFUND_PAYMENT');
    expect(play.states()).toEqual(['PENDING', 'REFUND_PROCESSING', 'COMPLETED']);
    expect(play.commands()).toEqual(['REFUND_PAYMENT', 'REFUND_PAYMENT']);
  });

  it('that is refused has done nothing, and says so', () => {
    const play = createPlay(refund);
    play.start();
    play.refuse('REFUND_PAYMENT', 'too old');
    expect(play.saga()).toMatchObject({ state: 'COMPENSATED', failure: 'REFUND_PAYMENT: too old' });
  });
});
