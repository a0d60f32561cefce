import type { CategoriesQuery } from '../generated/operations.ts';

export type Category = CategoriesQuery['categories'][number];

export interface Branch {
  readonly category: Category;
  readonly depth: number;
  readonly branches: readonly Branch[];
}

/** The categories as a tree, in the order they came; one whose parent is unknown stands at the top. */
export function treeOf(categories: readonly Category[]): readonly Branch[] {
  const ids = new Set(categories.map(({ id }) => id));
  const under = Map.groupBy(categories, ({ parent }) => (parent !== null && ids.has(parent.id) ? parent.id : null));
  const grow = (parent: string | null, depth: number): Branch[] =>
    (under.get(parent) ?? []).map((category) => ({ category, depth, branches: grow(category.id, depth + 1) }));
  return grow(null, 0);
}

/** The tree from above to below, each category followed by those in it. */
export function flat(branches: readonly Branch[]): readonly Branch[] {
  return branches.flatMap((branch) => [branch, ...flat(branch.branches)]);
}

/** The category and those above it, the highest first. */
export function pathTo(categories: readonly Category[], id: string): readonly Category[] {
  const byId = new Map(categories.map((category) => [category.id, category]));
  const path: Category[] = [];
  for (let at = byId.get(id); at !== undefined && !path.includes(at); at = at.parent === null ? undefined : byId.get(at.parent.id))
    path.unshift(at);
  return path;
}

/** Options of a field that chooses a category; what is below another stands further in. */
export function categoryOptions(categories: readonly Category[]): { value: string; label: string }[] {
  return flat(treeOf(categories)).map(({ category, depth }) => ({
    value: category.id,
    label: `${'\u2003'.repeat(depth)}${category.name}`,
  }));
}
