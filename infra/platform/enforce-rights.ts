import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
} from 'graphql';
import { demandRoles, roleDemands, roleDemandsOfType } from './allow.ts';
import { ComptoirError } from './errors.ts';
import { boundStores, type Principal } from './principal.ts';
import { demandPlaces, type OpenPlaces, placeArguments, placeOfType, seesPlace } from './store-rule.ts';

type Resolver = GraphQLFieldResolver<unknown, unknown>;
type Guard = (source: unknown, args: unknown, context: unknown, info: GraphQLResolveInfo) => void | Promise<void>;
type PlaceOf = NonNullable<ReturnType<typeof placeOfType>>;

export interface Rights {
  readonly principalOf: (context: unknown) => Principal;
  /** None where left out. */
  readonly openPlaces?: OpenPlaces | undefined;
}

/**
 * Makes the schema keep the rights its SDL declares, with FORBIDDEN. `@allow` and `@store` of a field are asked before it is resolved, a subscription's when it begins
 * and at every event. Those of a type hold on whatever way one of it is reached, by a representation (`_entities`) too, which does not even tell whether there is
 * such a thing. Events of a foreign place are passed over quietly. Changes the schema it is given.
 */
export function enforceRights(schema: GraphQLSchema, { principalOf, openPlaces = () => new Set<string>() }: Rights): void {
  const open = (context: unknown) => () => openPlaces(context as never);
  const objects = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && !type.name.startsWith('__'),
  ) as GraphQLObjectType[];
  // Read before anything is guarded.
  const places = new Map(objects.flatMap((type) => [[type, placeOfType(type)] as const]).filter(([, placeOf]) => placeOf !== null));

  const seen = (placeOf: PlaceOf, source: unknown, context: unknown, info: GraphQLResolveInfo): boolean | Promise<boolean> => {
    const principal = principalOf(context);
    if (!boundStores(principal)) return true;
    return Promise.resolve(placeOf(source, context, info)).then((place) => seesPlace(principal, place, open(context)));
  };

  const guardOf = (type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): Guard | null => {
    const roles = roleDemands(type, field);
    const rules = placeArguments(field);
    const placeOf = places.get(type);
    if (roles.length === 0 && rules.length === 0 && !placeOf) return null;
    return (source, args, context, info) => {
      const principal = principalOf(context);
      demandRoles(principal, roles);
      if (!boundStores(principal)) return;
      return (async () => {
        await demandPlaces(principal, rules, args, open(context));
        if (placeOf && !(await seen(placeOf, source, context, info)))
          throw new ComptoirError('FORBIDDEN', 'You have no right in this place.');
      })();
    };
  };

  for (const type of objects) {
    const isSubscription = type === schema.getSubscriptionType();
    for (const field of Object.values(type.getFields())) {
      const guard = guardOf(type, field);
      const eventType = isSubscription ? getNamedType(field.type) : null;
      const placeOfEvent = eventType && isObjectType(eventType) ? places.get(eventType) : undefined;
      const resolve = field.resolve ?? defaultFieldResolver;
      if (guard) field.resolve = guarded(resolve, guard);
      if (!isSubscription) continue;
      const subscribe = field.subscribe ?? defaultFieldResolver;
      const admitted = placeOfEvent ? onlySeen(subscribe, { resolve, placeOf: placeOfEvent }) : subscribe;
      if (guard || placeOfEvent) field.subscribe = guard ? guarded(admitted, guard) : admitted;
    }
    guardReferences(type, roleDemandsOfType(type), places.get(type) ?? null);
  }

  /** The events of a subscription but those whose object is not to be seen. */
  function onlySeen(subscribe: Resolver, { resolve, placeOf }: { resolve: Resolver; placeOf: PlaceOf }): Resolver {
    return async (root, args, context, info) => {
      const events = (await subscribe(root, args, context, info)) as AsyncIterable<unknown>;
      if (!boundStores(principalOf(context))) return events;
      return filtered(events, async (event) => seen(placeOf, await resolve(event, args, context, info), context, info));
    };
  }

  /** `__resolveReference` as @apollo/subgraph keeps it. */
  function guardReferences(type: GraphQLObjectType, roles: ReturnType<typeof roleDemandsOfType>, placeOf: PlaceOf | null): void {
    const { apollo } = type.extensions as { apollo?: { subgraph?: { resolveReference?: Reference } } };
    const resolveReference = apollo?.subgraph?.resolveReference;
    if (!resolveReference || (roles.length === 0 && !placeOf)) return;
    const guardedReference: Reference = async (reference, context, info) => {
      demandRoles(principalOf(context), roles);
      const found = await resolveReference(reference, context, info);
      return !found || !placeOf || (await seen(placeOf, found, context, info)) ? found : null;
    };
    type.extensions = { ...type.extensions, apollo: { ...apollo, subgraph: { ...apollo.subgraph, resolveReference: guardedReference } } };
  }
}

type Reference = (reference: object, context: unknown, info: GraphQLResolveInfo) => unknown;

function guarded(resolve: Resolver, guard: Guard): Resolver {
  return (source, args, context, info) => {
    const waits = guard(source, args, context, info);
    return waits ? waits.then(() => resolve(source, args, context, info)) : resolve(source, args, context, info);
  };
}

/** Not a generator: that would take its return() only after the next event that its source has for it. */
function filtered<T>(events: AsyncIterable<T>, isWanted: (event: T) => Promise<boolean>): AsyncIterableIterator<T> {
  const source = events[Symbol.asyncIterator]();
  const wanted: AsyncIterableIterator<T> = {
    async next() {
      for (;;) {
        const event = await source.next();
        if (event.done || (await isWanted(event.value))) return event;
      }
    },
    return: async (value) => (await source.return?.(value)) ?? { done: true, value },
    [Symbol.asyncIterator]: () => wanted,
  };
  return wanted;
}
