import { csvFile, csvText } from '../controls/csv.ts';
import { type Category, flat, pathTo, treeOf } from './category-tree.ts';

/** Categories for a spreadsheet, in the order of the tree; each with those it stands in. */
export function categoriesCsv(categories: readonly Category[], language: 'fr' | 'en'): string {
  const titles = ['id', 'name', 'parent_id', 'path', 'products'];
  const lines = flat(treeOf(categories)).map(({ category: { id, name, parent, productCount } }) => [
    csvText(id),
    csvText(name),
    csvText(parent?.id ?? ''),
    csvText(
      pathTo(categories, id)
        .map((each) => each.name)
        .join(' > '),
    ),
    String(productCount),
  ]);
  return csvFile([titles, ...lines], language);
}
