import { z } from 'zod';
import { type AnyRestRoute, type Connection, defineRoute } from './define-route.ts';
import { integerParam } from './lists.ts';
import { missing } from './missing.ts';
import { notFound } from './refusal.ts';
import { idField, notBlank, pageFields } from './resource.ts';

const tags = ['Plateforme multi-magasins : traitement de commande'];
const toProcess = z
  .strictObject({
    products: z
      .array(z.strictObject({ product_id: idField, quantity: z.int().min(1).max(10_000) }))
      .min(1)
      .max(100),
    shipping_address: z.string().min(1).max(1_000).meta(notBlank),
    billing_address: z
      .string()
      .min(1)
      .max(1_000)
      .meta(notBlank)
      .nullable()
      .optional()
      .meta({ description: 'Celle de livraison si elle manque.' }),
    payment_method: z
      .string()
      .min(1)
      .max(64)
      .meta({ ...notBlank, description: 'card, transfer, cash, ou un numéro de carte d’essai du prestataire de paiement.' }),
  })
  .meta({ id: 'CommandeATraiter' });
const started = z.strictObject({ saga_id: z.string(), status: z.literal('started'), message: z.string() }).meta({ id: 'SagaLancee' });

const duration = z.number().meta({ description: 'En secondes.' });
const step = z
  .strictObject({
    step: z.string(),
    status: z
      .enum(['RUNNING', 'SUCCESS', 'FAILURE', 'IN_DOUBT'])
      .meta({ description: 'IN_DOUBT : sans réponse à temps, c’est peut-être fait.' }),
    duration: duration.nullable(),
  })
  .meta({ id: 'EtapeDeSaga' });
const saga = z
  .strictObject({
    saga_id: z.string(),
    status: z.string().meta({ description: 'L’état de la saga, par exemple STOCK_RESERVED, COMPLETED ou COMPENSATED.' }),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    duration,
    steps: z.array(step).meta({ description: 'Les étapes commencées, dans l’ordre.' }),
    compensations: z.array(step).meta({ description: 'Ce qui a été défait ou est en train de l’être, dans l’ordre.' }),
    error: z.string().nullable(),
  })
  .meta({ id: 'Saga' });

const sagaId = 'saga_01kafwx3v8gqk4r2m7y5t9c6bd';
const startedExample = { saga_id: sagaId, status: 'started' as const, message: 'Order processing saga started successfully' };
const body = {
  products: [{ product_id: 1, quantity: 2 }],
  shipping_address: '12 rue des Halles, 45000 Orléans',
  billing_address: '12 rue des Halles, 45000 Orléans',
  payment_method: 'card',
};
const example = {
  saga_id: sagaId,
  status: 'COMPENSATED',
  created_at: '2026-11-21T10:18:26.000Z',
  updated_at: '2026-11-21T10:18:29.120Z',
  duration: 3.12,
  steps: [
    { step: 'CHECK_STOCK', status: 'SUCCESS' as const, duration: 0.02 },
    { step: 'RESERVE_STOCK', status: 'SUCCESS' as const, duration: 0.03 },
    { step: 'CREATE_ORDER', status: 'FAILURE' as const, duration: 3.01 },
  ],
  compensations: [{ step: 'RELEASE_STOCK', status: 'SUCCESS' as const, duration: 0.02 }],
  error: 'There is no customer 99999',
};

interface StepNode {
  readonly step: string;
  readonly status: string;
  readonly duration: number | null;
}
interface SagaNode {
  readonly id: string;
  readonly state: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly duration: number;
  readonly steps: readonly StepNode[];
  readonly compensations: readonly StepNode[];
  readonly error: string | null;
}
const stepFields = '{ step status duration }';
const selection = `{ id state createdAt updatedAt duration steps ${stepFields} compensations ${stepFields} error }`;

/** The graph tells of steps to come, too; REST is a log of what was begun. */
const notBegun = ['PENDING', 'SKIPPED'];
const toSteps = (steps: readonly StepNode[]) =>
  steps.filter(({ status }) => !notBegun.includes(status)).map(({ step, status, duration }) => ({ step, status, duration }));
const toSaga = (node: SagaNode) => ({
  saga_id: node.id,
  status: node.state,
  created_at: node.createdAt,
  updated_at: node.updatedAt,
  duration: node.duration,
  steps: toSteps(node.steps),
  compensations: toSteps(node.compensations),
  error: node.error,
});

const startOrderProcessing = defineRoute({
  method: 'POST',
  path: '/api/v1/customers/{customer_id}/order-processing',
  operationId: 'startOrderProcessing',
  summary: 'Traiter une commande',
  description:
    'Une saga vérifie et réserve le stock, crée la commande, la fait payer et la confirme ; ce qui échoue est défait. Un client inconnu n’est pas refusé ici : la saga échoue à CREATE_ORDER et compense.',
  tags,
  request: {
    params: z.object({ customer_id: integerParam() as z.ZodType<number> }),
    body: toProcess,
    bodyExamples: { 'une commande': body },
  },
  document: `mutation RestStartOrderProcessing($input: StartOrderProcessingInput!, $idempotencyKey: String) {
    startOrderProcessing(input: $input, idempotencyKey: $idempotencyKey) { __typename ... on OrderProcessingStarted { saga { id } } }
  }`,
  variables: ({ params, body, idempotencyKey }) => ({
    input: {
      customerId: String(params.customer_id),
      lines: body.products.map(({ product_id, quantity }) => ({ productId: String(product_id), quantity })),
      shippingAddress: body.shipping_address,
      billingAddress: body.billing_address,
      paymentMethod: body.payment_method,
    },
    idempotencyKey,
  }),
  fieldNames: {
    customerId: 'customer_id',
    lines: 'products',
    productId: 'product_id',
    shippingAddress: 'shipping_address',
    billingAddress: 'billing_address',
    paymentMethod: 'payment_method',
  },
  respond: (data: { startOrderProcessing: { saga: { id: string } } }) => ({
    ...startedExample,
    saga_id: data.startOrderProcessing.saga.id,
  }),
  responses: { 202: { description: 'La saga est lancée.', schema: started, examples: { lancée: startedExample } } },
});

const getSaga = defineRoute({
  method: 'GET',
  path: '/api/v1/sagas/{saga_id}',
  operationId: 'getSaga',
  summary: 'Une saga',
  tags,
  request: { params: z.object({ saga_id: z.string() }) },
  document: `query RestSaga($id: ID!) { saga(id: $id) ${selection} }`,
  variables: ({ params }) => ({ id: params.saga_id }),
  respond: (data: { saga: SagaNode | null }) => {
    if (!data.saga) throw notFound(missing.saga);
    return toSaga(data.saga);
  },
  responses: { 200: { description: 'La saga telle qu’elle est.', schema: saga, examples: { compensée: example } } },
});

const listSagas = defineRoute({
  method: 'GET',
  path: '/api/v1/sagas',
  operationId: 'listSagas',
  summary: 'Les sagas, la plus récente d’abord',
  tags,
  document: `query RestSagas($first: Int!, $after: String, $offset: Int) {
    sagas(first: $first, after: $after, offset: $offset) { nodes ${selection} ${pageFields} }
  }`,
  list: (data: { sagas: Connection }) => data.sagas,
  respond: toSaga,
  responses: { 200: { description: 'Les sagas.', schema: z.array(saga), examples: { 'une saga': [example] } } },
});

/** Order processing: the row sagas of the REST contract. */
export const sagaRoutes: readonly AnyRestRoute[] = [startOrderProcessing, getSaga, listSagas];
