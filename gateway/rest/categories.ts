import { z } from 'zod';
import { type AnyRestRoute, defineRoute } from './define-route.ts';
import { wholeList } from './lists.ts';
import { whatIsMissing } from './missing.ts';
import { type Address, idField, notBlank, toGraphId, toId, toIdOrNull } from './resource.ts';

const nom = z.string().min(1).max(100).meta(notBlank);
const parent_id = idField.nullable().meta({ description: 'La catégorie au-dessus ; null tout en haut.' });
const newCategory = z.strictObject({ nom, parent_id: parent_id.optional() }).meta({ id: 'NouvelleCategorie' });
const category = z.strictObject({ id: idField, nom, parent_id }).meta({ id: 'Categorie' });

const example = { id: 12, nom: 'Cafés en grains', parent_id: 1 };

interface CategoryNode {
  readonly id: string;
  readonly name: string;
  readonly parent: { readonly id: string } | null;
}
const selection = '{ id name parent { id } }';

const toCategory = ({ id, name, parent }: CategoryNode) => ({ id: toId(id), nom: name, parent_id: toIdOrNull(parent?.id) });

/** Categories of the multi-store platform. */
export const categoryRoutesAt = ({ prefix, tags }: Address): readonly AnyRestRoute[] => [
  defineRoute({
    method: 'GET',
    path: `${prefix}/categories`,
    operationId: 'listCategories',
    summary: 'Toutes les catégories, par nom',
    tags,
    document: `query RestCategories { categories(all: true) ${selection} }`,
    list: (data: { categories: readonly CategoryNode[] }) => wholeList(data.categories),
    respond: toCategory,
    responses: { 200: { description: 'Les catégories.', schema: z.array(category), examples: { 'une catégorie': [example] } } },
  }),
  defineRoute({
    method: 'POST',
    path: `${prefix}/categories`,
    operationId: 'createCategory',
    summary: 'Créer une catégorie',
    tags,
    request: {
      body: newCategory,
      bodyExamples: { 'tout en haut': { nom: 'Cafés' }, 'en dessous': { nom: 'Cafés en grains', parent_id: 1 } },
    },
    document: `mutation RestCreateCategory($input: CreateCategoryInput!, $idempotencyKey: String) {
      createCategory(input: $input, idempotencyKey: $idempotencyKey) { __typename ... on CategoryCreated { category ${selection} } ... on NotFound { kind } }
    }`,
    variables: ({ body, idempotencyKey }) => ({ input: { name: body.nom, parentId: toGraphId(body.parent_id) }, idempotencyKey }),
    refusals: { NotFound: whatIsMissing, AlreadyTaken: 'Une catégorie porte déjà ce nom' },
    fieldNames: { name: 'nom', parentId: 'parent_id' },
    respond: (data: { createCategory: { category: CategoryNode } }) => toCategory(data.createCategory.category),
    responses: { 201: { description: 'La catégorie créée.', schema: category, examples: { créée: example } } },
  }),
];
