import { describe, expect, it } from 'vitest';
import { type Category, categoryOptions, pathTo } from './category-tree.ts';

const category = (id: string, parent: string | null): Category => ({
  id,
  name: `C${id}`,
  productCount: 0,
  parent: parent === null ? null : { id: parent },
});
const categories = [category('3', '1'), category('1', null), category('2', null), category('4', '3'), category('9', 'gone')];

describe('the tree of categories', () => {
  it('lists each category after the one it is in, further in', () => {
    expect(categoryOptions(categories).map(({ label }) => label)).toEqual(['C1', '\u2003C3', '\u2003\u2003C4', 'C2', 'C9']);
  });

  it('knows the way down to a category', () => {
    expect(pathTo(categories, '4').map(({ id }) => id)).toEqual(['1', '3', '4']);
    expect(pathTo(categories, 'unknown')).toEqual([]);
  });

  it('ends where categories are in each other', () => {
    expect(pathTo([category('1', '2'), category('2', '1')], '1').map(({ id }) => id)).toEqual(['2', '1']);
  });
});
