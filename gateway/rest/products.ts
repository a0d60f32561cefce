import { z } from 'zod';
import { type AnyRestRoute, type Connection, defineRoute, type Outcome } from './define-route.ts';
import { integerParam } from './lists.ts';
import { missing, whatIsMissing } from './missing.ts';
import { amountField, type GraphAmount, price, priceParam, toEuros, toMinor } from './prices.ts';
import { notFound } from './refusal.ts';
import { type Address, idField, idParams, notBlank, pageFields, toGraphId, toId, toIdOrNull } from './resource.ts';

const fields = {
  nom: z.string().min(1).max(200).meta(notBlank),
  prix: price.meta({ description: 'Prix de vente en euros, taxe comprise, au plus deux décimales.' }),
  stock: z.int().min(0).max(1_000_000).meta({ description: 'Disponible, tous lieux confondus.' }),
  description: z.string().max(5_000).nullable(),
  categorie_id: idField.nullable(),
  sku: z.string().max(100).meta({
    pattern: '^[A-Za-z0-9](?:[A-Za-z0-9._/\\-]{0,38}[A-Za-z0-9])?$',
    description: 'Référence, unique ; une est choisie si elle manque.',
  }),
  code_barres: z
    .string()
    .max(20)
    .meta({ pattern: '^\\s*(\\d{13}\\s*)?$' })
    .nullable()
    .meta({ description: 'EAN-13, unique. Vide : aucun.' }),
  fournisseur_id: idField.nullable(),
  seuil_alerte: z.int().min(0).max(1_000_000).meta({ description: 'Sous ce stock dans un lieu, une alerte est levée ; 10 par défaut.' }),
};
const changes = z.strictObject(fields).partial().meta({ id: 'ModificationDeProduit', description: 'Ce qui est omis reste.' });
const newProduct = z
  .strictObject({ ...changes.shape, nom: fields.nom, prix: fields.prix })
  .meta({ id: 'NouveauProduit', description: 'Le stock est le premier stock de l’entrepôt.' });
const product = z.strictObject({ id: idField, ...fields, stock: z.int() }).meta({ id: 'Produit' });

const example = {
  id: 5,
  nom: 'Café Kenya 250 g',
  prix: 12.5,
  stock: 40,
  description: 'Grains torréfiés, notes de cassis.',
  categorie_id: 1,
  sku: 'CAFE-KENY-250-000005',
  code_barres: '2000000000053',
  fournisseur_id: 1,
  seuil_alerte: 10,
};
const { id: _, ...exampleBody } = example;

interface ProductNode {
  readonly id: string;
  readonly name: string;
  readonly price: GraphAmount;
  readonly available: number;
  readonly description: string | null;
  readonly category: { readonly id: string } | null;
  readonly sku: string;
  readonly barcode: string | null;
  readonly supplier: { readonly id: string } | null;
  readonly alertThreshold: number;
  readonly active: boolean;
}
const selection = `{ id name price ${amountField} available description category { id } sku barcode supplier { id } alertThreshold active }`;
const fieldNames = {
  name: 'nom',
  priceMinor: 'prix',
  initialStock: 'stock',
  totalStock: 'stock',
  categoryId: 'categorie_id',
  barcode: 'code_barres',
  supplierId: 'fournisseur_id',
  alertThreshold: 'seuil_alerte',
  search: 'q',
  minPrice: 'prix_min',
  maxPrice: 'prix_max',
};
const taken: Readonly<Record<string, string>> = {
  sku: 'Ce SKU est déjà celui d’un autre produit',
  barcode: 'Ce code-barres est déjà celui d’un autre produit',
};

const toProduct = (node: ProductNode) => ({
  id: toId(node.id),
  nom: node.name,
  prix: toEuros(node.price),
  stock: node.available,
  description: node.description,
  categorie_id: toIdOrNull(node.category?.id),
  sku: node.sku,
  code_barres: node.barcode,
  fournisseur_id: toIdOrNull(node.supplier?.id),
  seuil_alerte: node.alertThreshold,
});

/** What was taken out of sale is kept for the history of the graph; for clients that deleted it, it is gone. */
function toSoldProduct(node: ProductNode | null) {
  if (!node?.active) throw notFound(missing.product);
  return toProduct(node);
}
const toInput = (body: z.output<typeof changes>) => ({
  name: body.nom,
  priceMinor: body.prix === undefined ? undefined : toMinor(body.prix),
  sku: body.sku,
  barcode: body.code_barres,
  description: body.description,
  categoryId: toGraphId(body.categorie_id),
  supplierId: toGraphId(body.fournisseur_id),
  alertThreshold: body.seuil_alerte,
});
const toCents = (euros: number | undefined) => (euros === undefined ? undefined : toMinor(euros));
const whatIsTaken = ({ field }: Outcome) => taken[String(field)];

const listProducts = ({ prefix, suffix, tags }: Address) =>
  defineRoute({
    method: 'GET',
    path: `${prefix}/products`,
    operationId: `listProducts${suffix}`,
    summary: 'Les produits en vente, par nom ; le plus proche d’abord pour une recherche',
    tags,
    request: {
      query: z.object({
        categorie_id: integerParam(z.int().optional()).meta({ description: 'Dans cette catégorie ou en dessous.' }),
        prix_min: priceParam.meta({ description: 'En euros.' }),
        prix_max: priceParam.meta({ description: 'En euros.' }),
        q: z.string().max(200).optional().meta({ description: 'Mots du nom, SKU ou code-barres ; fautes et accents sont pardonnés.' }),
      }),
    },
    document: `query RestProducts($filter: ProductFilterInput, $first: Int!, $after: String, $offset: Int) {
      products(filter: $filter, first: $first, after: $after, offset: $offset) { nodes ${selection} ${pageFields} }
    }`,
    variables: ({ query }) => ({
      filter: {
        categoryId: toGraphId(query.categorie_id),
        minPrice: toCents(query.prix_min),
        maxPrice: toCents(query.prix_max),
        search: query.q,
      },
    }),
    fieldNames: { ...fieldNames },
    list: (data: { products: Connection }) => data.products,
    respond: toProduct,
    responses: { 200: { description: 'Les produits.', schema: z.array(product), examples: { 'un café': [example] } } },
  });

const createProduct = ({ prefix, suffix, tags }: Address) =>
  defineRoute({
    method: 'POST',
    path: `${prefix}/products`,
    operationId: `createProduct${suffix}`,
    summary: 'Créer un produit',
    tags,
    request: {
      body: newProduct,
      bodyExamples: { court: { nom: 'Café Kenya 250 g', prix: 12.5, stock: 40 }, complet: exampleBody },
    },
    document: `mutation RestCreateProduct($input: CreateProductInput!, $idempotencyKey: String) {
      createProduct(input: $input, idempotencyKey: $idempotencyKey) {
        __typename ... on ProductCreated { product ${selection} } ... on NotFound { kind } ... on AlreadyTaken { field }
      }
    }`,
    variables: ({ body, idempotencyKey }) => ({ input: { ...toInput(body), initialStock: body.stock }, idempotencyKey }),
    refusals: {
      NotFound: whatIsMissing,
      AlreadyTaken: whatIsTaken,
    },
    fieldNames,
    respond: (data: { createProduct: { product: ProductNode } }) => toProduct(data.createProduct.product),
    responses: { 201: { description: 'Le produit créé.', schema: product, examples: { créé: example } } },
  });

const getProduct = ({ prefix, suffix, tags }: Address) =>
  defineRoute({
    method: 'GET',
    path: `${prefix}/products/{id}`,
    operationId: `getProduct${suffix}`,
    summary: 'Un produit',
    tags,
    request: { params: idParams },
    document: `query RestProduct($id: ID!) { product(id: $id) ${selection} }`,
    variables: ({ params }) => ({ id: String(params.id) }),
    respond: (data: { product: ProductNode | null }) => toSoldProduct(data.product),
    responses: { 200: { description: 'Le produit.', schema: product, examples: { 'un café': example } } },
  });

const updateProduct = ({ prefix, suffix, tags }: Address) =>
  defineRoute({
    method: 'PUT',
    path: `${prefix}/products/{id}`,
    operationId: `updateProduct${suffix}`,
    summary: 'Modifier un produit',
    description: 'Le stock donné est celui qui doit être disponible, tous lieux confondus : la différence est portée à l’entrepôt.',
    tags,
    request: { params: idParams, body: changes, bodyExamples: { 'le stock': { stock: 5 }, 'le prix': { prix: 11.9 } } },
    document: `mutation RestUpdateProduct($id: ID!, $input: UpdateProductInput!) {
      updateProduct(id: $id, input: $input) {
        __typename ... on ProductUpdated { product ${selection} } ... on NotFound { kind } ... on AlreadyTaken { field }
      }
    }`,
    variables: ({ params, body }) => ({ id: String(params.id), input: { ...toInput(body), totalStock: body.stock } }),
    refusals: { NotFound: whatIsMissing, ProductOutOfSale: missing.product, AlreadyTaken: whatIsTaken },
    fieldNames,
    respond: (data: { updateProduct: { product: ProductNode } }) => toSoldProduct(data.updateProduct.product),
    responses: { 200: { description: 'Le produit modifié.', schema: product, examples: { modifié: { ...example, stock: 5 } } } },
  });

const deleteProduct = ({ prefix, suffix, tags }: Address) =>
  defineRoute({
    method: 'DELETE',
    path: `${prefix}/products/{id}`,
    operationId: `deleteProduct${suffix}`,
    summary: 'Retirer un produit de la vente',
    description: 'Ce qui a été vendu garde sa trace.',
    tags,
    request: { params: idParams },
    document: `mutation RestArchiveProduct($id: ID!) {
      archiveProduct(id: $id) { __typename ... on ProductArchived { changed } ... on NotFound { kind } }
    }`,
    variables: ({ params }) => ({ id: String(params.id) }),
    refusals: { NotFound: whatIsMissing },
    respond: (data: { archiveProduct: { changed: boolean } }) => {
      if (!data.archiveProduct.changed) throw notFound(missing.product);
    },
    responses: { 204: { description: 'Le produit est retiré.' } },
  });

/** Products, for PayeTonKawa and for the multi-store platform alike. */
export const productRoutesAt = (address: Address): readonly AnyRestRoute[] =>
  [listProducts, createProduct, getProduct, updateProduct, deleteProduct].map((route) => route(address));

export const productRoutes = productRoutesAt({ prefix: '', suffix: '', tags: ['Produits'] });
