/**
 * Kinds of places whose stock everybody sees who may see any, bound to other places or not: what a store can have delivered is there.
 * To change it takes the place itself.
 */
export const openPlaceKinds: readonly ('STORE' | 'WAREHOUSE')[] = ['WAREHOUSE'];
