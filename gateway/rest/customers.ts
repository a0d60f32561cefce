import { z } from 'zod';
import { type AnyRestRoute, type Connection, defineRoute } from './define-route.ts';
import { missing, whatIsMissing } from './missing.ts';
import { notFound } from './refusal.ts';
import { type Address, idField, idParams, notBlank, pageFields, toId } from './resource.ts';

const here: Address = { prefix: '', suffix: '', tags: ['Clients'] };

const emailTaken = 'Cette adresse e-mail est déjà celle d’un autre client';

const fields = {
  nom: z.string().min(1).max(100).meta(notBlank),
  prenom: z.string().min(1).max(100).meta(notBlank),
  email: z.string().max(254).meta({ format: 'email', description: 'Unique, quelle que soit la casse.' }),
  telephone: z
    .string()
    .max(30)
    .meta({ pattern: '^\\s*(\\+?[\\d\\s().\\-/]{4,30})?$' })
    .nullable()
    .meta({ description: 'Tel qu’il a été donné. Vide : aucun.' }),
  actif: z.boolean().meta({ description: 'S’il peut commander.' }),
};
const newCustomer = z
  .strictObject({ ...fields, telephone: fields.telephone.optional(), actif: fields.actif.default(true) })
  .meta({ id: 'NouveauClient' });
const changes = z.strictObject(fields).partial().meta({ id: 'ModificationDeClient', description: 'Ce qui est omis reste.' });
const customer = z.strictObject({ id: idField, ...fields }).meta({ id: 'Client' });

const example = { id: 1, nom: 'Martin', prenom: 'Claire', email: 'claire.martin@example.org', telephone: '06 12 34 56 78', actif: true };
const { id: _, ...exampleBody } = example;

interface CustomerNode {
  readonly id: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly email: string;
  readonly phone: string | null;
  readonly active: boolean;
}
const selection = '{ id lastName firstName email phone active }';
const fieldNames = { lastName: 'nom', firstName: 'prenom', phone: 'telephone', active: 'actif', search: 'q' };

const toCustomer = ({ id, lastName, firstName, email, phone, active }: CustomerNode) => ({
  id: toId(id),
  nom: lastName,
  prenom: firstName,
  email,
  telephone: phone,
  actif: active,
});
const toInput = ({ nom, prenom, email, telephone, actif }: z.output<typeof changes>) => ({
  lastName: nom,
  firstName: prenom,
  email,
  phone: telephone,
  active: actif,
});

export const listCustomers = ({ prefix, suffix, tags }: Address) =>
  defineRoute({
    method: 'GET',
    path: `${prefix}/customers`,
    operationId: `listCustomers${suffix}`,
    summary: 'Les clients, par nom',
    tags,
    request: { query: z.object({ q: z.string().max(200).optional().meta({ description: 'Mots du nom, de l’e-mail ou du téléphone.' }) }) },
    document: `query RestCustomers($search: String, $first: Int!, $after: String, $offset: Int) {
      customers(search: $search, first: $first, after: $after, offset: $offset) { nodes ${selection} ${pageFields} }
    }`,
    variables: ({ query }) => ({ search: query.q }),
    fieldNames,
    list: (data: { customers: Connection }) => data.customers,
    respond: toCustomer,
    responses: { 200: { description: 'Les clients.', schema: z.array(customer), examples: { 'un client': [example] } } },
  });

export const createCustomer = ({ prefix, suffix, tags }: Address) =>
  defineRoute({
    method: 'POST',
    path: `${prefix}/customers`,
    operationId: `createCustomer${suffix}`,
    summary: 'Créer un client',
    tags,
    request: { body: newCustomer, bodyExamples: { 'une cliente': exampleBody } },
    document: `mutation RestCreateCustomer($input: CreateCustomerInput!, $idempotencyKey: String) {
      createCustomer(input: $input, idempotencyKey: $idempotencyKey) {
        __typename ... on CustomerCreated { customer ${selection} } ... on NotFound { kind }
      }
    }`,
    variables: ({ body, idempotencyKey }) => ({ input: toInput(body), idempotencyKey }),
    refusals: { NotFound: whatIsMissing, AlreadyTaken: emailTaken },
    fieldNames,
    respond: (data: { createCustomer: { customer: CustomerNode } }) => toCustomer(data.createCustomer.customer),
    responses: { 201: { description: 'Le client créé.', schema: customer, examples: { créée: example } } },
  });

export const getCustomer = ({ prefix, suffix, tags }: Address) =>
  defineRoute({
    method: 'GET',
    path: `${prefix}/customers/{id}`,
    operationId: `getCustomer${suffix}`,
    summary: 'Un client',
    tags,
    request: { params: idParams },
    document: `query RestCustomer($id: ID!) { customer(id: $id) ${selection} }`,
    variables: ({ params }) => ({ id: String(params.id) }),
    respond: (data: { customer: CustomerNode | null }) => {
      if (!data.customer) throw notFound(missing.customer);
      return toCustomer(data.customer);
    },
    responses: { 200: { description: 'Le client.', schema: customer, examples: { 'une cliente': example } } },
  });

const updateCustomer = defineRoute({
  method: 'PUT',
  path: '/customers/{id}',
  operationId: 'updateCustomer',
  summary: 'Modifier un client',
  tags: here.tags,
  request: {
    params: idParams,
    body: changes,
    bodyExamples: { 'un champ': { telephone: '01 23 45 67 89' }, 'tous les champs': exampleBody },
  },
  document: `mutation RestUpdateCustomer($id: ID!, $input: UpdateCustomerInput!) {
    updateCustomer(id: $id, input: $input) { __typename ... on CustomerUpdated { customer ${selection} } ... on NotFound { kind } }
  }`,
  variables: ({ params, body }) => ({ id: String(params.id), input: toInput(body) }),
  refusals: { NotFound: whatIsMissing, AlreadyTaken: emailTaken },
  fieldNames,
  respond: (data: { updateCustomer: { customer: CustomerNode } }) => toCustomer(data.updateCustomer.customer),
  responses: { 200: { description: 'Le client modifié.', schema: customer, examples: { modifiée: example } } },
});

const deleteCustomer = defineRoute({
  method: 'DELETE',
  path: '/customers/{id}',
  operationId: 'deleteCustomer',
  summary: 'Supprimer un client',
  description: 'Ses commandes restent et prennent le statut client_supprime dans la seconde.',
  tags: here.tags,
  request: { params: idParams },
  document: 'mutation RestDeleteCustomer($id: ID!) { deleteCustomer(id: $id) { __typename ... on NotFound { kind } } }',
  variables: ({ params }) => ({ id: String(params.id) }),
  refusals: { NotFound: whatIsMissing },
  respond: () => undefined,
  responses: { 204: { description: 'Le client est supprimé.' } },
});

/** PayeTonKawa's customers. */
export const customerRoutes: readonly AnyRestRoute[] = [
  listCustomers(here),
  createCustomer(here),
  getCustomer(here),
  updateCustomer,
  deleteCustomer,
];
