import { createLru } from '../lru.ts';

export interface KnownOperation {
  readonly query: string;
  /** As the client named it; it is part of what a plan is kept under. */
  readonly operationName?: string | undefined;
}

/** Texts that are longer would make a bounded number of them an unbounded memory. */
const maxLength = 20_000;

/** The queries and mutations that clients sent of late, to make the plans of the next supergraph for before it serves them. */
export interface RecentOperations {
  /** `id` stands for the text; equal texts have equal ids. */
  note(id: string, operation: KnownOperation): void;
  /** The ones seen most first. What is older counts for less each time. */
  mostSeen(): KnownOperation[];
}

export function createRecentOperations(max = 300): RecentOperations {
  const seen = createLru<string, { readonly operation: KnownOperation; times: number }>(max);

  return {
    note(id, operation) {
      const key = operation.operationName === undefined ? id : `${id}\n${operation.operationName}`;
      const known = seen.get(key);
      if (known) known.times++;
      else if (operation.query.length <= maxLength) seen.set(key, { operation, times: 1 });
    },
    mostSeen() {
      const all = [...seen.values()].sort((a, b) => b.times - a.times);
      const operations = all.map(({ operation }) => operation);
      for (const each of all) each.times /= 2;
      return operations;
    },
  };
}
