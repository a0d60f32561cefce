// biome-ignore-all lint/a11y/useSemanticElements: a virtualised grid, whose rows stand where they are put, cannot be made of table elements
// biome-ignore-all lint/a11y/useFocusableInteractive: every cell takes its place in the order of keys by its properties; rows and headings are read
import { type CSSProperties, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useRowHeight, useRowsInSight } from '../controls/rows-in-sight.ts';
import type { PlacesQuery, StockRowFragment } from '../generated/operations.ts';
import { useLanguage } from '../language/language.tsx';
import { useMay } from '../session/session.tsx';
import type { Counting } from './count-dialog.tsx';
import type { LevelFeed, LevelView } from './level-feed.ts';
import { availableOf, cellKey, levelAt } from './levels.ts';
import classes from './matrix.module.css';
import { type Position, step } from './matrix-keys.ts';

export type StockRow = StockRowFragment;
export type Place = PlacesQuery['places'][number];

interface MatrixProps {
  readonly feed: LevelFeed<StockRow>;
  readonly view: LevelView<StockRow>;
  readonly places: readonly Place[];
  onCount(counting: Counting): void;
}

/** More rows are asked for this many before the end is in sight. */
const askAhead = 30;

/** Products down, places across. Arrows move from cell to cell; Enter counts, or opens the ledger of the product. */
export function Matrix({ feed, view, places, onCount }: MatrixProps) {
  const { words, format } = useLanguage();
  const navigate = useNavigate();
  const mayCount = useMay(['ADMIN', 'MANAGER', 'WAREHOUSE', 'INTEGRATION']);
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const { rows } = view;
  const { first, end } = useRowsInSight(scroller, rowHeight, rows.length + 1);
  const [active, setActive] = useState<Position>({ row: 0, column: 0 });
  // The one cell that Tab reaches must be in the page.
  const reachable = active.row >= first && active.row < end ? active : { row: first, column: active.column };
  useEffect(() => {
    if (view.hasMore && end >= rows.length - askAhead) feed.loadMore();
  }, [feed, end, rows.length, view.hasMore]);

  const count = (row: StockRow, place: Place) => {
    const level = levelAt(row, place.id);
    const { id, name, alertThreshold } = row;
    if (mayCount) onCount({ product: { id, name, alertThreshold }, place, level });
  };
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    const at = (event.target as HTMLElement).closest<HTMLElement>('[data-row]');
    if (at === null) return;
    const here = { row: Number(at.dataset.row), column: Number(at.dataset.column) };
    const row = rows[here.row];
    if (event.key === 'Enter' && row !== undefined) {
      event.preventDefault();
      const place = places[here.column - 1];
      if (place === undefined) void navigate(`/app/stock/${row.id}`);
      else count(row, place);
      return;
    }
    const seen = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const next = step(here, event.key, event.ctrlKey, { rows: rows.length, columns: places.length + 2, page: seen });
    if (next === null) return;
    event.preventDefault();
    setActive(next);
    const box = scroller.current;
    const top = next.row * rowHeight;
    if (box !== null && top < box.scrollTop) box.scrollTop = top;
    if (box !== null && top + 3 * rowHeight > box.scrollTop + box.clientHeight) box.scrollTop = top + 3 * rowHeight - box.clientHeight;
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        box?.querySelector<HTMLElement>(`[data-row="${next.row}"][data-column="${next.column}"]`)?.focus({ preventScroll: false }),
      ),
    );
  };
  const cellProps = (row: number, column: number) => ({
    'data-row': row,
    'data-column': column,
    tabIndex: reachable.row === row && reachable.column === column ? 0 : -1,
    onFocus: () => setActive({ row, column }),
  });

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={words.stock.matrix}
      aria-rowcount={view.hasMore ? -1 : rows.length + 1}
      aria-colcount={places.length + 2}
      className={classes.grid}
      style={{ '--places': places.length } as CSSProperties}
      onKeyDown={press}
      data-testid="matrix"
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" aria-rowindex={1} className={classes.row}>
          <span role="columnheader" className={classes.product}>
            {words.stock.product}
          </span>
          {places.map(({ id, town, name, kind }) => (
            <span role="columnheader" key={id} title={name} data-kind={kind}>
              {town}
              <small>{words.stock.kinds[kind]}</small>
            </span>
          ))}
          <span role="columnheader">{words.stock.total}</span>
        </div>
      </div>
      <div role="rowgroup" className={classes.body} style={{ height: (rows.length + 1) * rowHeight }}>
        {Array.from({ length: end - first }, (_, offset) => {
          const index = first + offset;
          const row = rows[index];
          const place = { transform: `translateY(${index * rowHeight}px)`, height: rowHeight };
          if (row === undefined) {
            return (
              <div key="end" role="row" aria-rowindex={index + 2} className={classes.row} style={place} data-end>
                <span role="gridcell" aria-colspan={places.length + 2} className={classes.end}>
                  {view.hasMore ? words.stock.older : words.stock.end}
                </span>
              </div>
            );
          }
          return (
            <div key={row.id} role="row" aria-rowindex={index + 2} className={classes.row} style={place} data-product={row.id}>
              <span role="rowheader" className={classes.product} {...cellProps(index, 0)}>
                <Link to={`/app/stock/${row.id}`} tabIndex={-1} title={row.sku}>
                  {row.name}
                </Link>
              </span>
              {places.map((each, position) => {
                const level = levelAt(row, each.id);
                const { available, onHand, allocated, low } = level;
                const told = words.stock.cell(row.name, each.name, format.count(available), format.count(onHand), format.count(allocated));
                return (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys of all its cells
                  <span
                    key={each.id}
                    role="gridcell"
                    aria-label={low ? `${told}, ${words.stock.lowCell}` : told}
                    className={classes.cell}
                    data-low={low}
                    data-none={available <= 0}
                    data-place={each.id}
                    data-may={mayCount}
                    data-fresh={view.fresh.has(cellKey(row.id, each.id))}
                    onClick={() => count(row, each)}
                    {...cellProps(index, position + 1)}
                  >
                    <strong>{format.count(available)}</strong>
                    {allocated > 0 && <small>{words.stock.allocated(format.count(allocated))}</small>}
                  </span>
                );
              })}
              <span role="gridcell" className={classes.total} {...cellProps(index, places.length + 1)}>
                {format.count(availableOf(row))}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
