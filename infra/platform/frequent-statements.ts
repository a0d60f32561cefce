/** Names by which connections know the statements; the same in every connection of the process. */
const names = new Map<string, string>();
const unreadOnes = new Set<string>();

/**
 * Marks a statement that runs often in transactions: each connection has it parsed once, and planned once where a plan for all parameters is as good as one for those at
 * hand. Its text must be one of few, never one made of a caller's data: the server keeps every one for as long as the connection lasts.
 */
export function frequent(sql: string): string {
  if (!names.has(sql)) names.set(sql, `frequent_${names.size + 1}`);
  return sql;
}

/**
 * Marks a frequent statement whose result nobody looks at: in a transaction it waits for the next one, and goes with it in one round trip. Its error is that one's, which
 * may be the commit; whoever has to tell errors apart uses `frequent`.
 */
export function unread(sql: string): string {
  unreadOnes.add(sql);
  return frequent(sql);
}

/** Undefined for a statement that is not marked. */
export const nameOfFrequent = (sql: string): string | undefined => names.get(sql);

export const isUnread = (sql: string): boolean => unreadOnes.has(sql);
