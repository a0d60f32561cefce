/** What is said of each field that is wrong, by its name in the graph. */
export function sayFaults(wrong: Readonly<Record<string, boolean>>, words: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(wrong).flatMap(([field, bad]) => (bad ? [[field, words[field] ?? '']] : [])));
}
