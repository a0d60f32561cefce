/** A map that holds at most `max` entries; the one used longest ago makes room. */
export interface Lru<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  delete(key: K): void;
  /** In the order of their last use, the latest last. */
  values(): Iterable<V>;
  readonly size: number;
}

export function createLru<K, V extends NonNullable<unknown>>(max: number): Lru<K, V> {
  const entries = new Map<K, V>();
  /** The key that is last already: putting it last again would cost more than looking it up. */
  let latest: K | undefined;
  return {
    get(key) {
      const value = entries.get(key);
      if (value === undefined || key === latest) return value;
      entries.delete(key);
      entries.set(key, value);
      latest = key;
      return value;
    },
    set(key, value) {
      if (key !== latest) entries.delete(key);
      entries.set(key, value);
      latest = key;
      if (entries.size > max) entries.delete(entries.keys().next().value as K);
    },
    delete(key) {
      entries.delete(key);
      if (key === latest) latest = undefined;
    },
    values: () => entries.values(),
    get size() {
      return entries.size;
    },
  };
}
