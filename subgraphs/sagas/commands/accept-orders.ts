import { recordAudit } from '@comptoir/platform/audit.ts';
import type { EntityManager } from '@comptoir/platform/database.ts';
import { badUserInput, type ComptoirError, type Fault } from '@comptoir/platform/errors.ts';
import { failpoint } from '@comptoir/platform/failpoint.ts';
import { createGathering } from '@comptoir/platform/gathering.ts';
import { onceEach } from '@comptoir/platform/idempotency.ts';
import type { Principal } from '@comptoir/platform/principal.ts';
import { currentTrace, formatTraceparent, runInTrace, startTrace, type Trace } from '@comptoir/platform/trace.ts';
import { readInput } from '../definitions/definitions.ts';
import type { SagaData } from '../domain/definition.ts';
import { newSagaId } from '../domain/saga-id.ts';
import type { Applied } from './applier.ts';
import type { StartDeps } from './start-promised-saga.ts';

/** An order to process, as the graph has it. */
export interface OrderToProcess {
  readonly customerId: string;
  readonly lines: readonly { readonly productId: string; readonly quantity: number }[];
  readonly shippingAddress: string;
  readonly billingAddress?: string | null;
  readonly paymentMethod: string;
  readonly placeId?: string | null;
}

const maxKeyLength = 200;

function keyFaults(key: string | null | undefined): Fault[] {
  if (key === null || key === undefined || (key.length > 0 && key.length <= maxKeyLength && !key.includes('\0') && key.isWellFormed()))
    return [];
  return [{ path: ['idempotencyKey'], message: `must have 1 to ${maxKeyLength} characters, none of them U+0000` }];
}

const camelCase = (field: string) => field.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

interface Start {
  readonly id: string;
  readonly data: SagaData;
  readonly input: OrderToProcess;
  readonly idempotencyKey: string | null | undefined;
  readonly caller: Caller;
  readonly trace: Trace;
}

type Caller = Pick<Principal, 'consumerId' | 'name'>;

export interface StartOrderProcessing {
  readonly input: OrderToProcess;
  readonly idempotencyKey?: string | null;
  readonly caller: Caller;
}

/** Takes orders in. */
export interface Acceptance {
  /** Accepts an order: the saga with its first command, or nothing. Needs no broker. Returns the saga's id. Errors: BAD_USER_INPUT; IDEMPOTENCY_CONFLICT. */
  startOrderProcessing(order: StartOrderProcessing): Promise<string>;
  /** Settles as soon as no order is being accepted. */
  idle(): Promise<void>;
}

/** Accepted by one transaction at most. */
const maxAccepted = 50;

/** Orders that come at the same time are accepted by one transaction, each with an answer of its own. */
export function createAcceptance({ database, applier }: StartDeps): Acceptance {
  async function accept(starts: readonly Start[]): Promise<(string | ComptoirError)[]> {
    let applied: Applied[] = [];
    const ids = await database.transaction((em) => {
      applied = [];
      const requests = starts.map(({ data, idempotencyKey, caller }) => ({
        principal: caller.consumerId,
        operation: 'startOrderProcessing',
        key: idempotencyKey,
        input: data,
      }));
      return onceEach(em, requests, async (indexes) => {
        const taken = indexes.map((index) => starts[index] as Start);
        applied = await applier.begin(
          em,
          taken.map(({ id, data, caller, trace }) => ({
            id,
            definition: 'order-processing',
            data,
            startedBy: caller.consumerId,
            traceparent: formatTraceparent(trace),
          })),
        );
        for (const start of taken) await runInTrace(start.trace, () => audit(em, start));
        return taken.map(({ id }) => id);
      });
    });
    for (const id of ids) failpoint('sagas.start.committed', id);
    applied.forEach(applier.count);
    return ids;
  }

  const gathering = createGathering<Start, string>({ maxBatch: maxAccepted, carryOut: accept });

  return {
    idle: gathering.idle,
    async startOrderProcessing({ input, idempotencyKey, caller }) {
      const data = readOrder(input, idempotencyKey);
      return gathering.carryOut({ id: newSagaId(), data, input, idempotencyKey, caller, trace: currentTrace() ?? startTrace() });
    },
  };
}

function readOrder(input: OrderToProcess, idempotencyKey: string | null | undefined): SagaData {
  const { data, faults = [] } = readInput('order-processing', {
    customer_id: input.customerId,
    lines: input.lines.map(({ productId, quantity }) => ({ product_id: productId, quantity })),
    shipping_address: input.shippingAddress,
    billing_address: input.billingAddress,
    payment_method: input.paymentMethod,
    place_id: input.placeId,
  });
  const found = [
    ...faults.map(({ path, message }) => ({
      path: ['input', ...path.map((part) => (typeof part === 'string' ? camelCase(part) : part))],
      message,
    })),
    ...keyFaults(idempotencyKey),
  ];
  if (!data || found.length > 0) throw badUserInput(found);
  return data;
}

const audit = (em: EntityManager, { id, input, caller }: Start) =>
  recordAudit(em, {
    actor: caller,
    action: 'saga.started',
    entityType: 'saga',
    entityId: id,
    storeIds: input.placeId ? [input.placeId] : [],
    summary: `The processing of an order of customer ${input.customerId} was started`,
    changes: [{ field: 'lines', after: input.lines }],
  });
