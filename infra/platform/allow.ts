import { type GraphQLField, type GraphQLObjectType, Kind } from 'graphql';
import { ComptoirError } from './errors.ts';
import type { Principal, Role } from './principal.ts';
import { directivesOf, type WithDirectives } from './sdl-directives.ts';

/**
 * What `@allow(roles: […])` demands of who reads a field: one of the roles of each list. It stands at the field, at the same field of the type's interfaces, or at the
 * type itself, and then holds for all of its fields, on whatever way they are reached.
 */
export function roleDemands(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): (readonly Role[])[] {
  const inherited = type.getInterfaces().flatMap((parent) => parent.getFields()[field.name] ?? []);
  return [...roleDemandsOfType(type), ...[field, ...inherited].flatMap(allowedRoles)];
}

/** What is demanded of who reads anything of the type. */
export function roleDemandsOfType(type: GraphQLObjectType): (readonly Role[])[] {
  return [type, ...type.getInterfaces()].flatMap(allowedRoles);
}

/** @throws ComptoirError FORBIDDEN, naming the roles. */
export function demandRoles(principal: Principal, demands: readonly (readonly Role[])[]): void {
  for (const allowed of demands) {
    if (principal.roles.some((role) => allowed.includes(role))) continue;
    throw new ComptoirError('FORBIDDEN', `This needs one of the roles ${allowed.join(', ')}.`);
  }
}

function allowedRoles(element: WithDirectives): (readonly Role[])[] {
  return directivesOf(element, 'allow').map((directive) => {
    const roles = directive.arguments?.find(({ name }) => name.value === 'roles')?.value;
    const values = roles?.kind === Kind.LIST ? roles.values : roles ? [roles] : [];
    return values.flatMap((value) => (value.kind === Kind.ENUM ? [value.value as Role] : []));
  });
}
