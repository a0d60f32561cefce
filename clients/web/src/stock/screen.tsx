import { TextInput } from '@mantine/core';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Choice } from '../controls/choice.tsx';
import { ExportButton } from '../controls/export-button.tsx';
import { NoMatch } from '../controls/no-match.tsx';
import { Panel } from '../controls/panel.tsx';
import { Lines, Trouble } from '../controls/quiet.tsx';
import { ViewsButton } from '../controls/views-button.tsx';
import { pageSize } from '../feed/live-list.ts';
import { useAnnouncer } from '../frame/announcer.tsx';
import { useAddress } from '../frame/use-address.ts';
import { useAddressText } from '../frame/use-address-text.ts';
import { LowStockCountDocument, LowStockPageDocument, PlacesDocument, StockPageDocument } from '../generated/operations.ts';
import { ask } from '../graph/ask.ts';
import { coalesce } from '../graph/coalesce.ts';
import { useAsked } from '../graph/use-asked.ts';
import { SearchIcon, StockIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { CountDialog, type Counting } from './count-dialog.tsx';
import type { LevelFeed } from './level-feed.ts';
import { Matrix, type Place, type StockRow } from './matrix.tsx';
import classes from './screen.module.css';
import { stockCsv } from './stock-csv.ts';
import { useLevelFeed } from './use-level-feed.ts';

const countEveryMs = 2_000;
const filters = ['tous', 'bas'] as const;
const nothing = {};

/** What is there of every product at every place, as it changes. */
export function StockScreen() {
  const { words, format } = useLanguage();
  const [filter, setFilter] = useAddress('stock', filters);
  const search = useAddressText('q');
  const places = useAsked(PlacesDocument, nothing);
  const low = filter === 'bas';
  const feed = useLevelFeed<StockRow>(
    `${filter} ${search.settled}`,
    async (client, after) => {
      if (!low) {
        const found = { search: search.settled === '' ? null : search.settled, active: true };
        const { products } = await ask(client, StockPageDocument, { filter: found, first: pageSize, after });
        return { nodes: products.nodes, hasNextPage: products.pageInfo.hasNextPage, endCursor: products.pageInfo.endCursor ?? null };
      }
      const { stock } = await ask(client, LowStockPageDocument, { first: pageSize, after });
      const products = new Map(stock.nodes.map(({ product }) => [product.id, product]));
      return { nodes: [...products.values()], hasNextPage: stock.pageInfo.hasNextPage, endCursor: stock.pageInfo.endCursor ?? null };
    },
    low ? (level) => level.low : undefined,
  );
  const lowCount = useLowCount(feed);
  return (
    <div className={classes.screen}>
      <div className={classes.bar}>
        <TextInput
          type="search"
          aria-label={words.stock.search}
          placeholder={words.stock.search}
          leftSection={<SearchIcon />}
          value={search.typed}
          onChange={(event) => {
            search.type(event.currentTarget.value);
            if (low) setFilter('tous');
          }}
          autoComplete="off"
          spellCheck={false}
          className={classes.search ?? ''}
          data-testid="stock-search"
        />
        <Choice
          label={words.stock.shown}
          quiet
          options={filters.map((value) => ({ value, label: words.stock.filters[value] }))}
          value={filter}
          onChange={setFilter}
        />
        {lowCount !== null && (
          <span className={classes.low} data-none={lowCount === 0} data-testid="low-count">
            {words.stock.lowCount(lowCount, format.count(lowCount))}
          </span>
        )}
      </div>
      <div className={classes.matrix}>
        {feed === null || places.data === null ? (
          places.failed ? (
            <Trouble title={words.stock.failed} onRetry={places.reload} />
          ) : (
            <Lines count={10} />
          )
        ) : (
          <Stock feed={feed} places={places.data.places} low={low} />
        )}
      </div>
    </div>
  );
}

function Stock({ feed, places, low }: { feed: LevelFeed<StockRow>; places: readonly Place[]; low: boolean }) {
  const { words } = useLanguage();
  const { say } = useAnnouncer();
  const view = useSyncExternalStore(feed.watch, feed.get);
  const [counting, setCounting] = useState<Counting | null>(null);
  useEffect(
    () =>
      feed.onLow((productId, place) => {
        const name = feed.get().rows.find(({ id }) => id === productId)?.name;
        if (name !== undefined) say(words.stock.nowLow(name, place));
      }),
    [feed, say, words],
  );
  return (
    <Panel
      title={words.stock.matrix}
      className={classes.panel}
      testId="stock-panel"
      aside={
        <>
          <span className={classes.legend}>{words.stock.legend}</span>
          <ViewsButton list="stock" />
          <ExportButton
            rows={view.rows}
            page={feed.page}
            file={words.stock.exportFile}
            csv={(rows, code) => stockCsv(rows, places, code)}
          />
        </>
      }
    >
      {view.status === 'failed' && <Trouble title={words.stock.failed} onRetry={feed.restart} />}
      {view.status === 'loading' && <Lines count={10} />}
      {view.status === 'ready' && view.rows.length === 0 && (
        <NoMatch icon={<StockIcon />} title={low ? words.stock.emptyLow : words.stock.empty} />
      )}
      {view.status === 'ready' && view.rows.length > 0 && <Matrix feed={feed} view={view} places={places} onCount={setCounting} />}
      <CountDialog counting={counting} onClose={() => setCounting(null)} />
    </Panel>
  );
}

/** How much is below its threshold: counted anew, now and then, while stock changes. */
function useLowCount(feed: LevelFeed<StockRow> | null): number | null {
  const { data, reload } = useAsked(LowStockCountDocument, nothing);
  useEffect(() => {
    if (feed === null) return;
    const again = coalesce(countEveryMs, reload);
    const forget = feed.onChange(() => again.push(undefined));
    return () => {
      forget();
      again.stop();
    };
  }, [feed, reload]);
  return data?.stock.totalCount ?? null;
}
