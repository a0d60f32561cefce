import { z } from 'zod';
import { type AnyRestRoute, type Connection, defineRoute } from './define-route.ts';
import { integerParam } from './lists.ts';
import { missing, whatIsMissing } from './missing.ts';
import { notFound } from './refusal.ts';
import { type Address, idField, pageFields, toGraphId, toId, toIdOrNull } from './resource.ts';

const line = z.strictObject({ produit_id: idField, quantite: z.int().min(1).max(10_000) }).meta({ id: 'LigneDePanier' });
const client_id = idField.nullable().meta({ description: 'Le client, s’il est connu.' });
const newCart = z
  .strictObject({ client_id: client_id.optional(), lignes: z.array(line).max(100).default([]) })
  .meta({ id: 'NouveauPanier' });
const changes = z
  .strictObject({ lignes: z.array(line).max(100), client_id: client_id.optional() })
  .meta({ id: 'ModificationDePanier', description: 'Les lignes remplacent celles du panier.' });
const cart = z
  .strictObject({
    id: idField,
    client_id,
    statut: z.enum(['ouvert', 'valide']),
    lignes: z.array(line),
    saga_id: z.string().nullable().meta({ description: 'Celle que la validation du panier a lancée.' }),
  })
  .meta({ id: 'Panier' });

const lignes = [{ produit_id: 5, quantite: 2 }];
const example = { id: 7, client_id: 1, statut: 'ouvert' as const, lignes, saga_id: null };

interface CartNode {
  readonly id: string;
  readonly customerId: string | null;
  readonly checkedOut: boolean;
  readonly lines: readonly { readonly productId: string; readonly quantity: number }[];
  readonly saga: { readonly id: string } | null;
}
const selection = '{ id customerId checkedOut lines { productId quantity } saga { id } }';
const fieldNames = { customerId: 'client_id', lines: 'lignes', productId: 'produit_id', quantity: 'quantite' };

const toCart = (node: CartNode) => ({
  id: toId(node.id),
  client_id: toIdOrNull(node.customerId),
  statut: node.checkedOut ? 'valide' : 'ouvert',
  lignes: node.lines.map(({ productId, quantity }) => ({ produit_id: toId(productId), quantite: quantity })),
  saga_id: node.saga?.id ?? null,
});
const toLines = (body: z.output<typeof changes>) =>
  body.lignes.map(({ produit_id, quantite }) => ({ productId: String(produit_id), quantity: quantite }));
const params = z.object({ cart_id: integerParam() as z.ZodType<number> });

/** Carts of the multi-store platform. */
export const cartRoutesAt = ({ prefix, tags }: Address): readonly AnyRestRoute[] => [
  defineRoute({
    method: 'GET',
    path: `${prefix}/carts`,
    operationId: 'listCarts',
    summary: 'Les paniers, le plus récent d’abord',
    tags,
    document: `query RestCarts($first: Int!, $after: String, $offset: Int) {
      carts(first: $first, after: $after, offset: $offset) { nodes ${selection} ${pageFields} }
    }`,
    list: (data: { carts: Connection }) => data.carts,
    respond: toCart,
    responses: { 200: { description: 'Les paniers.', schema: z.array(cart), examples: { 'un panier': [example] } } },
  }),
  defineRoute({
    method: 'POST',
    path: `${prefix}/carts`,
    operationId: 'createCart',
    summary: 'Ouvrir un panier',
    tags,
    request: { body: newCart, bodyExamples: { 'deux cafés': { client_id: 1, lignes }, vide: { lignes: [] } } },
    document: `mutation RestCreateCart($customerId: ID, $lines: [CartLineInput!]!, $idempotencyKey: String) {
      createCart(customerId: $customerId, lines: $lines, idempotencyKey: $idempotencyKey) {
        __typename ... on CartChanged { cart ${selection} } ... on NotFound { kind }
      }
    }`,
    variables: ({ body, idempotencyKey }) => ({ customerId: toGraphId(body.client_id), lines: toLines(body), idempotencyKey }),
    refusals: { NotFound: whatIsMissing },
    fieldNames,
    respond: (data: { createCart: { cart: CartNode } }) => toCart(data.createCart.cart),
    responses: { 201: { description: 'Le panier.', schema: cart, examples: { ouvert: example } } },
  }),
  defineRoute({
    method: 'GET',
    path: `${prefix}/carts/{cart_id}`,
    operationId: 'getCart',
    summary: 'Un panier',
    tags,
    request: { params },
    document: `query RestCart($id: ID!) { cart(id: $id) ${selection} }`,
    variables: ({ params }) => ({ id: String(params.cart_id) }),
    respond: (data: { cart: CartNode | null }) => {
      if (!data.cart) throw notFound(missing.cart);
      return toCart(data.cart);
    },
    responses: { 200: { description: 'Le panier.', schema: cart, examples: { ouvert: example } } },
  }),
  defineRoute({
    method: 'PUT',
    path: `${prefix}/carts/{cart_id}`,
    operationId: 'updateCart',
    summary: 'Changer les lignes d’un panier, et son client s’il est donné',
    tags,
    request: { params, body: changes, bodyExamples: { 'trois cafés': { lignes: [{ produit_id: 5, quantite: 3 }] } } },
    document: `mutation RestSetCartLines($id: ID!, $lines: [CartLineInput!]!, $customerId: ID) {
      setCartLines(id: $id, lines: $lines, customerId: $customerId) {
        __typename ... on CartChanged { cart ${selection} } ... on NotFound { kind }
      }
    }`,
    variables: ({ params, body }) => ({ id: String(params.cart_id), lines: toLines(body), customerId: toGraphId(body.client_id) }),
    refusals: {
      NotFound: whatIsMissing,
      CartCheckedOut: 'Le panier est déjà validé',
    },
    fieldNames,
    respond: (data: { setCartLines: { cart: CartNode } }) => toCart(data.setCartLines.cart),
    responses: {
      200: {
        description: 'Le panier changé.',
        schema: cart,
        examples: { changé: { ...example, lignes: [{ produit_id: 5, quantite: 3 }] } },
      },
    },
  }),
];
