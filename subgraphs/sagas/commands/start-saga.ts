import { recordAudit } from '@comptoir/platform/audit.ts';
import type { Database } from '@comptoir/platform/database.ts';
import { badUserInput, ComptoirError, describePath, type Fault } from '@comptoir/platform/errors.ts';
import { failpoint } from '@comptoir/platform/failpoint.ts';
import { once } from '@comptoir/platform/idempotency.ts';
import type { Principal } from '@comptoir/platform/principal.ts';
import { type DefinitionName, readInput } from '../definitions/definitions.ts';
import { isSagaId, newSagaId } from '../domain/saga-id.ts';
import type { Applied, Applier } from './applier.ts';

export interface StartDeps {
  readonly database: Database;
  readonly applier: Applier;
}

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

/** Accepts an order: the saga with its first command, or nothing. Needs no broker. Returns the saga's id. Errors: BAD_USER_INPUT; IDEMPOTENCY_CONFLICT. */
export async function startOrderProcessing(
  { database, applier }: StartDeps,
  {
    input,
    idempotencyKey,
    caller,
  }: { input: OrderToProcess; idempotencyKey?: string | null; caller: Pick<Principal, 'consumerId' | 'name'> },
): Promise<string> {
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

  let applied: Applied | null = null;
  const id = await database.transaction(async (em) => {
    applied = null;
    const request = { principal: caller.consumerId, operation: 'startOrderProcessing', key: idempotencyKey, input: data };
    return once(em, request, async () => {
      const saga = { id: newSagaId(), definition: 'order-processing' as const, data, startedBy: caller.consumerId };
      applied = await applier.begin(em, saga);
      await recordAudit(em, {
        actor: caller,
        action: 'saga.started',
        entityType: 'saga',
        entityId: saga.id,
        storeIds: input.placeId ? [input.placeId] : [],
        summary: `The processing of an order of customer ${input.customerId} was started`,
        changes: [{ field: 'lines', after: input.lines }],
      });
      return saga.id;
    });
  });
  failpoint('sagas.start.committed', id);
  if (applied) applier.count(applied);
  return id;
}

/** Starts a saga that another service has promised under an id of its choice; a repetition changes nothing. Errors: MESSAGE_INVALID. */
export async function startPromisedSaga(
  { database, applier }: StartDeps,
  { id, definition, input }: { id: string; definition: DefinitionName; input: unknown },
): Promise<'started' | 'repeated'> {
  if (!isSagaId(id)) throw new ComptoirError('MESSAGE_INVALID', `saga_id is no id of a saga: ${id}`);
  const { data, faults } = readInput(definition, input);
  if (!data)
    throw new ComptoirError(
      'MESSAGE_INVALID',
      faults.map(({ path, message }) => `${describePath(['data', ...path])}: ${message}`).join('; '),
    );
  const applied = await database.transaction((em) => applier.begin(em, { id, definition, data, startedBy: null }));
  failpoint('sagas.start.committed', id);
  if (applied) applier.count(applied);
  return applied ? 'started' : 'repeated';
}
