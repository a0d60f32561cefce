import { orderCancellation } from '../../definitions/order-cancellation.ts';
import { orderProcessing } from '../../definitions/order-processing.ts';
import { orderRefund } from '../../definitions/order-refund.ts';
import { type Decision, decide } from '../decide.ts';
import type { SagaDefinition } from '../definition.ts';
import type { SagaAction, SagaEvent, TimerChange } from '../events.ts';
import { currentStep, type Direction, newSaga, type ReplyOutcome, type Saga } from '../saga.ts';

export const processing = orderProcessing({ steps: 1, compensations: 1 });
export const cancellation = orderCancellation({ steps: 1, compensations: 1 });
export const refund = orderRefund({ steps: 1, compensations: 1 });

export const processingData = {
  customer_id: 1,
  lines: [{ product_id: 5, quantity: 2 }],
  shipping_address: '1 rue du Comptoir',
  billing_address: null,
  payment_method: 'card',
  place_id: null,
};
export const cancellationData = { order_id: 7, paid_by_saga: 'saga_1', sold_by_saga: 'saga_1' };
export const refundData = { order_id: 7, paid_by_saga: 'saga_1' };
export const dataOf = (definition: SagaDefinition) =>
  definition === cancellation ? cancellationData : definition === refund ? refundData : processingData;

/** What participants answer with. */
export const answers: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  CHECK_STOCK: { place_id: 6, lines: [{ product_id: 5, quantity: 2, unit_price_minor: '1250', name: 'Café Kenya' }] },
  CREATE_ORDER: { order_id: 7, amount_minor: '2500', currency: 'EUR' },
  PROCESS_PAYMENT: { payment_id: 'pay_1' },
};

const directionOf = (definition: SagaDefinition, step: string): Direction =>
  definition.steps.some(({ forward }) => forward.name === step) ? 'FORWARD' : 'COMPENSATION';

/** A saga in the hands of a test, told one event after the other. */
export function createPlay(definition: SagaDefinition = processing) {
  let saga: Saga = newSaga('saga_test', definition, dataOf(definition));
  let timer: Exclude<TimerChange, { kind: 'KEEP' }> = { kind: 'CLEAR' };
  const decisions: Decision[] = [];
  const events: SagaEvent[] = [];

  function tell(event: SagaEvent): Decision | null {
    events.push(event);
    const decision = decide(definition, saga, event);
    if (!decision) return null;
    decisions.push(decision);
    saga = decision.saga;
    if (decision.timer.kind !== 'KEEP') timer = decision.timer;
    return decision;
  }

  const reply = (step: string, outcome: ReplyOutcome, reason?: string) => {
    const data = outcome === 'SUCCESS' ? answers[step] : undefined;
    return tell({
      kind: 'REPLY',
      step,
      direction: directionOf(definition, step),
      outcome,
      ...(reason && { reason }),
      ...(data && { data }),
    });
  };

  const play = {
    definition,
    events,
    decisions,
    saga: () => saga,
    timer: () => timer,
    tell,
    start: () => tell({ kind: 'START' }),
    succeed: (...steps: string[]) => steps.map((step) => reply(step, 'SUCCESS')).at(-1) ?? null,
    refuse: (step: string, reason = 'not now') => reply(step, 'REFUSED', reason),
    act: (kind: SagaAction) => tell({ kind, by: 'Ada' }),
    /** The timer that is set runs off. */
    timeOut() {
      if (timer.kind !== 'SET') throw new Error('no timer is set');
      const { step, direction, attempt } = timer;
      return tell({ kind: 'TIMEOUT', step, direction, attempt });
    },
    /** Nobody answers the current step until it is given up. */
    silence() {
      const silent = currentStep(saga)?.step;
      for (let n = 0; n < 100 && currentStep(saga)?.step === silent; n++) play.timeOut();
    },
    commands: () => decisions.flatMap(({ commands }) => commands.map(({ step }) => step)),
    states: () =>
      decisions.flatMap(({ history }) => history.map(({ state }) => state)).filter((state, index, all) => state !== all[index - 1]),
    kinds: () => decisions.flatMap(({ history }) => history.map(({ kind }) => kind)),
    statuses: () => Object.fromEntries(saga.steps.map(({ step, status }) => [step, status])),
  };
  return play;
}

export type Play = ReturnType<typeof createPlay>;
