import { Panel } from '../controls/panel.tsx';
import { Lines } from '../controls/quiet.tsx';
import { useLanguage } from '../language/language.tsx';
import classes from './category-filter.module.css';
import { type Branch, type Category, pathTo, treeOf } from './category-tree.ts';

interface CategoryFilterProps {
  readonly categories: readonly Category[] | null;
  readonly value: string | null;
  onChange(id: string | null): void;
}

/** The departments; the chosen one shows what is in it. */
export function CategoryFilter({ categories, value, onChange }: CategoryFilterProps) {
  const { words } = useLanguage();
  const open = new Set(categories === null || value === null ? [] : pathTo(categories, value).map(({ id }) => id));
  return (
    <Panel title={words.catalogue.category} testId="category-filter">
      {categories === null && <Lines count={8} />}
      {categories !== null && (
        <ul className={classes.tree}>
          <li>
            <button type="button" aria-pressed={value === null} onClick={() => onChange(null)} className={classes.category}>
              {words.catalogue.allCategories}
            </button>
          </li>
          {treeOf(categories).map((branch) => (
            <Twig key={branch.category.id} branch={branch} value={value} open={open} onChange={onChange} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Twig({
  branch,
  value,
  open,
  onChange,
}: {
  branch: Branch;
  value: string | null;
  open: ReadonlySet<string>;
  onChange(id: string): void;
}) {
  const { format } = useLanguage();
  const { category, branches, depth } = branch;
  return (
    <li>
      <button
        type="button"
        aria-pressed={value === category.id}
        onClick={() => onChange(category.id)}
        className={classes.category}
        style={{ paddingLeft: `${0.875 + depth}rem` }}
        data-category={category.id}
      >
        <span>{category.name}</span>
        <span className={classes.count}>{format.count(category.productCount)}</span>
      </button>
      {branches.length > 0 && open.has(category.id) && (
        <ul>
          {branches.map((each) => (
            <Twig key={each.category.id} branch={each} value={value} open={open} onChange={onChange} />
          ))}
        </ul>
      )}
    </li>
  );
}
