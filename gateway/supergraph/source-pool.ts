import type { SubgraphSource } from '../fetch/subgraph-source.ts';

/** The sources of the subgraphs, over all versions of the supergraph that are in use at a time. */
export interface SourcePool {
  /** A source for each subgraph: the one there is where one for the same name and address is in use, with its connections and what it has learnt. */
  acquire(subgraphs: ReadonlyMap<string, string>): { readonly sources: ReadonlyMap<string, SubgraphSource>; release(): Promise<void> };
}

export function createSourcePool(create: (name: string, url: string) => SubgraphSource): SourcePool {
  const inUse = new Map<string, { readonly source: SubgraphSource; users: number }>();

  return {
    acquire(subgraphs) {
      const held = Array.from(subgraphs, ([name, url]) => {
        const key = `${name}\n${url}`;
        const entry = inUse.get(key) ?? { source: create(name, url), users: 0 };
        inUse.set(key, entry);
        entry.users++;
        return { name, key, entry };
      });
      return {
        sources: new Map(held.map(({ name, entry }) => [name, entry.source])),
        async release() {
          const unused = held.splice(0).filter(({ key, entry }) => --entry.users === 0 && inUse.delete(key));
          await Promise.all(unused.map(({ entry }) => entry.source.stop()));
        },
      };
    },
  };
}
