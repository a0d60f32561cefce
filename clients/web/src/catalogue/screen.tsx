import { useMemo, useState, useSyncExternalStore } from 'react';
import { ExportButton } from '../controls/export-button.tsx';
import { Changing } from '../controls/figure.tsx';
import { NoMatch } from '../controls/no-match.tsx';
import { Panel } from '../controls/panel.tsx';
import { Lines, Trouble } from '../controls/quiet.tsx';
import { type Column, RowTable } from '../controls/row-table.tsx';
import { ViewsButton } from '../controls/views-button.tsx';
import { pageSize } from '../feed/live-list.ts';
import { CategoriesDocument, type ProductListRowFragment, ProductPageDocument } from '../generated/operations.ts';
import { ask } from '../graph/ask.ts';
import { useAsked } from '../graph/use-asked.ts';
import { CatalogueIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import type { LevelFeed } from '../stock/level-feed.ts';
import { availableOf } from '../stock/levels.ts';
import { useLevelFeed } from '../stock/use-level-feed.ts';
import { CategoryFilter } from './category-filter.tsx';
import { Filters } from './filters.tsx';
import { Parts } from './parts.tsx';
import { productsCsv } from './products-csv.ts';
import classes from './screen.module.css';
import { useProductFilter } from './use-product-filter.ts';

const nothing = {};

/** The products of the shop: searched, narrowed, sorted; what is there changes as it is sold. */
export function CatalogueScreen() {
  const filter = useProductFilter();
  const categories = useAsked(CategoriesDocument, nothing).data?.categories ?? null;
  const { input, orderBy } = filter;
  const [total, setTotal] = useState<number | null>(null);
  const feed = useLevelFeed<ProductListRowFragment>(JSON.stringify([input, orderBy]), async (client, after) => {
    const { products } = await ask(client, ProductPageDocument, { filter: input, orderBy, first: pageSize, after });
    if (after === null) setTotal(products.totalCount);
    return { nodes: products.nodes, hasNextPage: products.pageInfo.hasNextPage, endCursor: products.pageInfo.endCursor ?? null };
  });
  return (
    <div className={classes.screen}>
      <div className={classes.parts}>
        <Parts />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className={classes.side} tabIndex={0}>
        <Filters filter={filter} categories={categories} />
        <div className={classes.tree}>
          <CategoryFilter categories={categories} value={filter.category} onChange={filter.setCategory} />
        </div>
      </div>
      <div className={classes.list}>{feed === null ? <Lines count={10} /> : <Products feed={feed} total={total} />}</div>
    </div>
  );
}

function Products({ feed, total }: { feed: LevelFeed<ProductListRowFragment>; total: number | null }) {
  const { words, format } = useLanguage();
  const view = useSyncExternalStore(feed.watch, feed.get);
  const columns = useColumns();
  const empty = view.rows.length === 0;
  return (
    <Panel
      title={words.catalogue.products}
      className={classes.panel}
      testId="products-panel"
      aside={
        view.status === 'ready' && (
          <>
            {total !== null && <span data-testid="product-count">{words.catalogue.count(total, format.count(total))}</span>}
            <ViewsButton list="products" />
            <ExportButton rows={view.rows} page={feed.page} file={words.catalogue.exportFile} csv={productsCsv} />
          </>
        )
      }
    >
      {view.status === 'failed' && <Trouble title={words.catalogue.failed} onRetry={feed.restart} />}
      {view.status === 'loading' && <Lines count={10} />}
      {view.status === 'ready' && empty && (
        <NoMatch icon={<CatalogueIcon />} title={words.catalogue.empty} hint={words.catalogue.emptyHint} />
      )}
      {view.status === 'ready' && !empty && (
        <RowTable
          label={words.catalogue.products}
          testId="products"
          columns={columns}
          rows={view.rows}
          hasOlder={view.hasMore}
          end={view.hasMore ? words.catalogue.older : words.catalogue.end}
          href={({ id }) => `/app/catalogue/${id}`}
          onEnd={feed.loadMore}
        />
      )}
    </Panel>
  );
}

function useColumns(): readonly [Column<ProductListRowFragment>, ...Column<ProductListRowFragment>[]] {
  const { words, format } = useLanguage();
  return useMemo(
    () => [
      {
        name: 'name',
        label: words.catalogue.product,
        width: 'minmax(12rem, 2fr)',
        cell: ({ name, active }) => (
          <>
            {name}
            {!active && <span className={classes.archived}>{words.catalogue.archivedMark}</span>}
          </>
        ),
      },
      {
        name: 'price',
        label: words.catalogue.price,
        width: '6rem',
        right: true,
        cell: ({ price }) => <strong className={classes.price}>{format.money(price)}</strong>,
      },
      {
        name: 'category',
        label: words.catalogue.category,
        width: 'minmax(8rem, 1fr)',
        cell: ({ category }) => <span className={classes.quiet}>{category?.name ?? '—'}</span>,
      },
      {
        name: 'available',
        label: words.catalogue.available,
        width: '6.5rem',
        right: true,
        cell: (product) => {
          const available = availableOf(product);
          return (
            <span className={classes.available} data-none={available <= 0}>
              <Changing value={available}>{words.newOrder.available(available, format.count(available))}</Changing>
            </span>
          );
        },
      },
      {
        name: 'sku',
        label: words.catalogue.sku,
        width: '12rem',
        spare: true,
        notOnPhone: true,
        cell: ({ sku }) => <code className={classes.quiet}>{sku}</code>,
      },
    ],
    [words, format],
  );
}
