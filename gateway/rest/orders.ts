import { z } from 'zod';
import { type AnyRestRoute, type Connection, defineRoute } from './define-route.ts';
import { integerParam } from './lists.ts';
import { missing, whatIsMissing } from './missing.ts';
import { amountField, type GraphAmount, price, toEuros, toMinor } from './prices.ts';
import { notFound, Refusal } from './refusal.ts';
import { type Address, idField, idParams, pageFields, toGraphId, toId } from './resource.ts';

const here: Address = { prefix: '', suffix: '', tags: ['Commandes'] };

const statusWords = {
  PENDING: 'en_attente',
  CONFIRMED: 'confirmee',
  SHIPPED: 'expediee',
  DELIVERED: 'livree',
  CANCELLED: 'annulee',
} as const;
const customerGone = 'client_supprime';
const statuts = [...Object.values(statusWords), customerGone] as const;
type Statut = (typeof statuts)[number];

/** Which variable of the document asks for the mutation that leads to a status. To the others nothing leads that a client could ask for. */
const ways: Readonly<Partial<Record<Statut, string>>> = { expediee: 'ship', livree: 'deliver', annulee: 'cancel' };

const line = z
  .strictObject({
    produit_id: idField,
    quantite: z.int().min(1).max(10_000),
    prix_unitaire: price.meta({ description: 'En euros, taxe comprise, au plus deux décimales.' }),
  })
  .meta({ id: 'LigneDeCommande' });
const newOrder = z.strictObject({ client_id: idField, lignes: z.array(line).min(1).max(100) }).meta({ id: 'NouvelleCommande' });
const change = z.strictObject({ statut: z.enum(statuts) }).meta({ id: 'ModificationDeCommande' });
const order = z
  .strictObject({
    id: idField,
    client_id: idField,
    statut: z.enum(statuts).meta({ description: 'client_supprime dès que le client n’existe plus.' }),
    total: z.number().meta({ description: 'En euros, taxe comprise.' }),
    lignes: z.array(line),
  })
  .meta({ id: 'Commande' });

const lignes = [{ produit_id: 5, quantite: 2, prix_unitaire: 12.5 }];
const example = { id: 42, client_id: 1, statut: 'en_attente' as Statut, total: 25, lignes };

interface OrderNode {
  readonly id: string;
  readonly customerId: string;
  readonly customerDeleted: boolean;
  readonly status: keyof typeof statusWords;
  readonly nextStatuses: readonly (keyof typeof statusWords)[];
  readonly total: GraphAmount;
  readonly lines: readonly { readonly productId: string; readonly quantity: number; readonly unitPrice: GraphAmount }[];
}
const selection = `{ id customerId customerDeleted status total ${amountField} lines { productId quantity unitPrice ${amountField} } }`;
const fieldNames = {
  customerId: 'client_id',
  lines: 'lignes',
  productId: 'produit_id',
  quantity: 'quantite',
  unitPriceMinor: 'prix_unitaire',
};

const toStatut = ({ status, customerDeleted }: Pick<OrderNode, 'status' | 'customerDeleted'>): Statut =>
  customerDeleted ? customerGone : statusWords[status];
const toOrder = (node: OrderNode) => ({
  id: toId(node.id),
  client_id: toId(node.customerId),
  statut: toStatut(node),
  total: toEuros(node.total),
  lignes: node.lines.map(({ productId, quantity, unitPrice }) => ({
    produit_id: toId(productId),
    quantite: quantity,
    prix_unitaire: toEuros(unitPrice),
  })),
});

/** Names what is possible instead: of this order, or of any. */
function cannotBecome(statut: Statut, order?: OrderNode): string {
  if (!order) return `Une commande ne peut pas passer à ${statut}, seulement à : ${Object.keys(ways).join(', ')}`;
  const possible = order.nextStatuses.map((status) => statusWords[status]).filter((next) => ways[next]);
  const instead = possible.length > 0 ? `, seulement à : ${possible.join(', ')}` : ' : son statut ne change plus';
  return `Une commande ${toStatut(order)} ne peut pas passer à ${statut}${instead}`;
}

export const listOrders = ({ prefix, suffix, tags }: Address) =>
  defineRoute({
    method: 'GET',
    path: `${prefix}/orders`,
    operationId: `listOrders${suffix}`,
    summary: 'Les commandes, la plus récente d’abord',
    tags,
    request: { query: z.object({ client_id: integerParam(z.int().optional()).meta({ description: 'Seulement celles de ce client.' }) }) },
    document: `query RestOrders($customerId: ID, $first: Int!, $after: String, $offset: Int) {
      orders(customerId: $customerId, first: $first, after: $after, offset: $offset) { nodes ${selection} ${pageFields} }
    }`,
    variables: ({ query }) => ({ customerId: toGraphId(query.client_id) }),
    fieldNames,
    list: (data: { orders: Connection }) => data.orders,
    respond: toOrder,
    responses: { 200: { description: 'Les commandes.', schema: z.array(order), examples: { 'une commande': [example] } } },
  });

export const createOrder = ({ prefix, suffix, tags }: Address) =>
  defineRoute({
    method: 'POST',
    path: `${prefix}/orders`,
    operationId: `createOrder${suffix}`,
    summary: 'Enregistrer une commande',
    description: 'Telle qu’un autre système la donne : rien n’est réservé ni payé. Pour les deux, voir le traitement de commande par saga.',
    tags,
    request: { body: newOrder, bodyExamples: { 'deux cafés': { client_id: 1, lignes } } },
    document: `mutation RestCreateOrder($input: CreateOrderInput!, $idempotencyKey: String) {
      createOrder(input: $input, idempotencyKey: $idempotencyKey) { __typename ... on OrderCreated { order ${selection} } }
    }`,
    variables: ({ body, idempotencyKey }) => ({
      input: {
        customerId: String(body.client_id),
        lines: body.lignes.map(({ produit_id, quantite, prix_unitaire }) => ({
          productId: String(produit_id),
          quantity: quantite,
          unitPriceMinor: toMinor(prix_unitaire),
        })),
      },
      idempotencyKey,
    }),
    fieldNames,
    respond: (data: { createOrder: { order: OrderNode } }) => toOrder(data.createOrder.order),
    responses: { 201: { description: 'La commande, en_attente.', schema: order, examples: { 'en attente': example } } },
  });

export const getOrder = ({ prefix, suffix, tags }: Address) =>
  defineRoute({
    method: 'GET',
    path: `${prefix}/orders/{id}`,
    operationId: `getOrder${suffix}`,
    summary: 'Une commande',
    tags,
    request: { params: idParams },
    document: `query RestOrder($id: ID!) { order(id: $id) ${selection} }`,
    variables: ({ params }) => ({ id: String(params.id) }),
    respond: (data: { order: OrderNode | null }) => {
      if (!data.order) throw notFound(missing.order);
      return toOrder(data.order);
    },
    responses: {
      200: {
        description: 'La commande.',
        schema: order,
        examples: { 'en attente': example, 'client supprimé': { ...example, statut: customerGone } },
      },
    },
  });

const outcome = `{ __typename ... on OrderChanged { order ${selection} } ... on OrderTransitionRefused { order { status customerDeleted nextStatuses } } ... on NotFound { kind } }`;

const setStatus = defineRoute({
  method: 'PUT',
  path: '/orders/{id}',
  operationId: 'updateOrder',
  summary: 'Faire avancer une commande',
  description: 'expediee, livree ou annulee ; 409 là où la commande ne peut pas y passer, avec ceux auxquels elle peut.',
  tags: here.tags,
  request: { params: idParams, body: change, bodyExamples: { expédier: { statut: 'expediee' as Statut } } },
  document: `mutation RestSetOrderStatus($id: ID!, $ship: Boolean = false, $deliver: Boolean = false, $cancel: Boolean = false) {
    shipOrder(id: $id) @include(if: $ship) ${outcome}
    deliverOrder(id: $id) @include(if: $deliver) ${outcome}
    cancelOrder(id: $id) @include(if: $cancel) ${outcome}
  }`,
  variables: ({ params, body: { statut } }) => {
    const way = ways[statut];
    if (!way) throw new Refusal('CONFLICT', cannotBecome(statut));
    return { id: String(params.id), [way]: true };
  },
  refusals: {
    NotFound: whatIsMissing,
    OrderTransitionRefused: ({ order }, { body }) => cannotBecome(body.statut, order as OrderNode),
  },
  respond: (data: Record<string, { order: OrderNode }>) => {
    const [changed] = Object.values(data);
    if (!changed) throw new Error('The document asked for no mutation');
    return toOrder(changed.order);
  },
  responses: {
    200: {
      description: 'La commande telle qu’elle est maintenant.',
      schema: order,
      examples: { expédiée: { ...example, statut: 'expediee' } },
    },
  },
});

const deleteOrder = defineRoute({
  method: 'DELETE',
  path: '/orders/{id}',
  operationId: 'deleteOrder',
  summary: 'Supprimer une commande qui n’a jamais été payée',
  tags: here.tags,
  request: { params: idParams },
  document: 'mutation RestDeleteOrder($id: ID!) { deleteOrder(id: $id) { __typename ... on NotFound { kind } } }',
  variables: ({ params }) => ({ id: String(params.id) }),
  refusals: { NotFound: whatIsMissing, OrderTransitionRefused: 'Cette commande ne peut plus être supprimée' },
  respond: () => undefined,
  responses: { 204: { description: 'La commande est supprimée.' } },
});

/** PayeTonKawa's orders. */
export const orderRoutes: readonly AnyRestRoute[] = [listOrders(here), createOrder(here), getOrder(here), setStatus, deleteOrder];
