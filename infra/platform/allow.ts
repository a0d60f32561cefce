import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  Kind,
} from 'graphql';
import { ComptoirError } from './errors.ts';
import type { Principal, Role } from './principal.ts';

/**
 * Makes every field with `@allow(roles: […])` refuse principals that hold none of the roles, with FORBIDDEN. A subscription is guarded when it
 * begins and at every event; a field of an entity on whatever way it is reached. Changes the schema it is given.
 */
export function enforceAllow(schema: GraphQLSchema, principalOf: (context: unknown) => Principal): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const demands = [field, ...inheritedFields(type, field.name)].map(allowedRoles).filter((roles) => roles !== null);
      if (demands.length === 0) continue;
      const guard = (context: unknown) => {
        for (const allowed of demands) demandRole(principalOf(context), allowed);
      };
      field.resolve = guarded(field.resolve ?? defaultFieldResolver, guard);
      if (type === schema.getSubscriptionType()) field.subscribe = guarded(field.subscribe ?? defaultFieldResolver, guard);
    }
  }
}

function guarded(
  resolve: GraphQLFieldResolver<unknown, unknown>,
  guard: (context: unknown) => void,
): GraphQLFieldResolver<unknown, unknown> {
  return (source, args, context, info) => {
    guard(context);
    return resolve(source, args, context, info);
  };
}

/** The same field of the type's interfaces: what is demanded there holds here too. */
function inheritedFields(type: GraphQLObjectType, name: string): GraphQLField<unknown, unknown>[] {
  return type.getInterfaces().flatMap((parent: GraphQLInterfaceType) => parent.getFields()[name] ?? []);
}

/** The roles of the field's @allow; null where it has none. */
function allowedRoles(field: GraphQLField<unknown, unknown>): readonly Role[] | null {
  const directive = field.astNode?.directives?.find(({ name }) => name.value === 'allow');
  if (!directive) return null;
  const roles = directive.arguments?.find(({ name }) => name.value === 'roles')?.value;
  const values = roles?.kind === Kind.LIST ? roles.values : roles ? [roles] : [];
  return values.flatMap((value) => (value.kind === Kind.ENUM ? [value.value as Role] : []));
}

function demandRole(principal: Principal, allowed: readonly Role[]): void {
  if (!principal.roles.some((role) => allowed.includes(role))) {
    throw new ComptoirError('FORBIDDEN', `This needs one of the roles ${allowed.join(', ')}.`);
  }
}
