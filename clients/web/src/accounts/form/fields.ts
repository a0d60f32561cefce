/** What is typed and ticked, by the names of the graph's inputs. */
export type Fields = Readonly<Record<string, string | boolean | readonly string[]>>;

const sign = (value: Fields[string] | undefined): string =>
  typeof value === 'string' ? value.trim() : JSON.stringify(Array.isArray(value) ? [...value].sort() : value);

/** Names of the fields in which two differ; blanks around texts and the order of what was ticked do not count. */
export function changedFields<F extends Fields>(before: F, after: F): readonly (keyof F & string)[] {
  return Object.keys(before).filter((name) => sign(before[name]) !== sign(after[name]));
}

/** My changes on what somebody else has saved meanwhile. */
export function rebase<F extends Fields>(base: F, mine: F, theirs: F): F {
  return { ...theirs, ...Object.fromEntries(changedFields(base, mine).map((name) => [name, mine[name]])) };
}

/** Of an input, what was changed only. */
export function changedOnly<I extends object>(input: I, changed: readonly string[]): Partial<I> {
  return Object.fromEntries(Object.entries(input).filter(([name]) => changed.includes(name))) as Partial<I>;
}
