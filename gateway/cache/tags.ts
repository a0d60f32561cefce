/** Everything that is kept carries it. */
export const everything = '*';

/**
 * A tag is `kind:id`, e.g. `product:5`, for what is about one thing; `kind:*` for what may hold any of them, as lists do; or the name of a subgraph, which all
 * carries that was read from it. What one thing's change removes: what is about it, and what may hold it.
 */
export function removedBy(changed: readonly string[]): string[] {
  const tags = changed.flatMap((tag) => {
    const colon = tag.indexOf(':');
    return colon < 0 ? [tag] : [tag, `${tag.slice(0, colon)}:*`];
  });
  return [...new Set(tags)];
}

/** As an id is written in one way only: 05 or 5.0 may well be the 5 that another tag names. */
const plainId = /^(0|[1-9]\d{0,15}|[A-Za-z_][\w-]{0,63})$/;

/** `product:{id}` with an argument's value in place of its name; null where it was not given, or is no id in its plain form. */
export function filledIn(template: string, argument: (name: string) => unknown): string | null {
  if (!template.includes('{')) return template;
  let complete = true;
  const tag = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = argument(name);
    if ((typeof value === 'string' || typeof value === 'number') && plainId.test(String(value))) return String(value);
    complete = false;
    return '';
  });
  return complete ? tag : null;
}
