import { z } from 'zod';
import { type AnyRestRoute, type Connection, defineRoute } from './define-route.ts';
import { integerParam } from './lists.ts';
import { whatIsMissing } from './missing.ts';
import { type Address, idField, pageFields, toGraphId, toId } from './resource.ts';

const level = z
  .strictObject({
    produit_id: idField,
    magasin_id: idField,
    quantite: z.int().meta({ description: 'Présent sur place.' }),
    reserve: z.int().meta({ description: 'Dont promis à quelqu’un.' }),
    disponible: z.int(),
    alerte: z.boolean().meta({ description: 'Sous le seuil d’alerte du produit.' }),
  })
  .meta({ id: 'Stock' });
const count = z
  .strictObject({
    magasin_id: idField,
    quantite: z.int().min(0).max(1_000_000).meta({ description: 'Ce qui a été compté.' }),
    quantite_attendue: z
      .int()
      .min(0)
      .max(2_147_483_647)
      .optional()
      .meta({ description: 'Ce qui était là au début du comptage ; 409 si ce n’est plus le cas.' }),
  })
  .meta({ id: 'Comptage' });

const example = { produit_id: 5, magasin_id: 1, quantite: 12, reserve: 2, disponible: 10, alerte: false };

interface LevelNode {
  readonly product: { readonly id: string };
  readonly place: { readonly id: string };
  readonly onHand: number;
  readonly allocated: number;
  readonly available: number;
  readonly low: boolean;
}
const selection = '{ product { id } place { id } onHand allocated available low }';

const toLevel = (node: LevelNode) => ({
  produit_id: toId(node.product.id),
  magasin_id: toId(node.place.id),
  quantite: node.onHand,
  reserve: node.allocated,
  disponible: node.available,
  alerte: node.low,
});

/** Stock of the multi-store platform. */
export const stockRoutesAt = ({ prefix, tags }: Address): readonly AnyRestRoute[] => [
  defineRoute({
    method: 'GET',
    path: `${prefix}/stock`,
    operationId: 'listStock',
    summary: 'Le stock, par produit et par lieu',
    tags,
    request: {
      query: z.object({
        produit_id: integerParam(z.int().optional()).meta({ description: 'Seulement de ce produit.' }),
        magasin_id: integerParam(z.int().optional()).meta({ description: 'Seulement dans ce lieu.' }),
      }),
    },
    document: `query RestStock($productId: ID, $placeId: ID, $first: Int!, $after: String, $offset: Int) {
      stock(productId: $productId, placeId: $placeId, first: $first, after: $after, offset: $offset) { nodes ${selection} ${pageFields} }
    }`,
    variables: ({ query }) => ({ productId: toGraphId(query.produit_id), placeId: toGraphId(query.magasin_id) }),
    list: (data: { stock: Connection }) => data.stock,
    respond: toLevel,
    responses: { 200: { description: 'Le stock.', schema: z.array(level), examples: { 'un produit': [example] } } },
  }),
  defineRoute({
    method: 'PUT',
    path: `${prefix}/stock/{product_id}`,
    operationId: 'countStock',
    summary: 'Enregistrer un comptage',
    description: 'La quantité comptée devient celle du lieu : un mouvement de stock de comptage.',
    tags,
    request: {
      params: z.object({ product_id: integerParam() as z.ZodType<number> }),
      body: count,
      bodyExamples: { comptage: { magasin_id: 1, quantite: 12 }, surveillé: { magasin_id: 1, quantite: 12, quantite_attendue: 14 } },
    },
    document: `mutation RestCountStock($productId: ID!, $placeId: ID!, $quantity: Int!, $expectedOnHand: Int) {
      countStock(productId: $productId, placeId: $placeId, quantity: $quantity, expectedOnHand: $expectedOnHand) {
        __typename
        ... on StockChanged { level ${selection} }
        ... on StaleStock { level { onHand } }
        ... on InsufficientStock { requested }
        ... on NotFound { kind }
      }
    }`,
    variables: ({ params, body }) => ({
      productId: String(params.product_id),
      placeId: String(body.magasin_id),
      quantity: body.quantite,
      expectedOnHand: body.quantite_attendue,
    }),
    refusals: {
      NotFound: whatIsMissing,
      StaleStock: ({ level }) => `Le stock a changé entre-temps : ${(level as LevelNode).onHand} sur place`,
      InsufficientStock: ({ requested }) => `Stock insuffisant : ${requested} sont déjà promis`,
    },
    fieldNames: { quantity: 'quantite', expectedOnHand: 'quantite_attendue' },
    respond: (data: { countStock: { level: LevelNode } }) => toLevel(data.countStock.level),
    responses: { 200: { description: 'Le stock tel qu’il est maintenant.', schema: level, examples: { compté: example } } },
  }),
];
