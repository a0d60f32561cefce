import { everything, removedBy } from './tags.ts';

/** Which events tell of changes to what is kept, and where in them the id of the thing stands. A new kind of tag in the SDL has its line here. */
const told = [{ keys: ['produit.*', 'stock.changed'], field: 'produit_id', kind: 'product' }] as const;

const removals = 'cache.removed';

/** The routing keys to listen to. */
export const boundKeys: readonly string[] = [...told.flatMap(({ keys }) => keys), removals];

/**
 * The tags that an event removes. One that cannot be read removes all that its kind of event may be about: what a program of others sends may not leave
 * anything stale, nor stop the listening.
 */
export function tagsOfEvent(routingKey: string, content: Buffer, instanceId: string): string[] {
  const body = read(content);
  if (routingKey === removals) {
    if (body?.instance_id === instanceId) return [];
    const tags = body?.tags;
    return Array.isArray(tags) && tags.every((tag) => typeof tag === 'string') ? tags : [everything];
  }
  const line = told.find(({ keys }) => keys.some((key) => matches(key, routingKey)));
  if (!line) return [];
  const id = body?.[line.field];
  return Number.isSafeInteger(id) ? removedBy([`${line.kind}:${id}`]) : [everything];
}

function matches(pattern: string, routingKey: string): boolean {
  return pattern.endsWith('.*') ? routingKey.startsWith(pattern.slice(0, -1)) : routingKey === pattern;
}

function read(content: Buffer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(content.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
