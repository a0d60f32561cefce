// biome-ignore-all lint/a11y/useSemanticElements: a virtualised table, whose rows stand where they are put, cannot be made of table elements
// biome-ignore-all lint/a11y/useFocusableInteractive: its rows and headings are read, not operated
import { type CSSProperties, type ReactNode, useEffect, useRef } from 'react';
import { Link, useLocation } from 'react-router';
import long from './long-table.module.css';
import classes from './row-table.module.css';
import { useRowHeight, useRowsInSight } from './rows-in-sight.ts';

export interface Column<T> {
  readonly name: string;
  readonly label: string;
  /** Of the grid's track on a wide screen, e.g. `minmax(8rem, 1fr)`. */
  readonly width: string;
  readonly cell: (row: T) => ReactNode;
  readonly right?: boolean;
  /** Left out where there is little room: on a phone, and where the table is narrow. */
  readonly spare?: boolean;
  /** Left out on a phone only. */
  readonly notOnPhone?: boolean;
}

interface RowTableProps<T extends { readonly id: string }> {
  readonly label: string;
  readonly testId: string;
  readonly columns: readonly [Column<T>, ...Column<T>[]];
  readonly rows: readonly T[];
  readonly hasOlder: boolean;
  /** What stands under the last row. */
  readonly end: string;
  readonly fresh?: ReadonlyMap<string, number>;
  href(row: T): string;
  /** For tests and style: how a row stands. */
  state?(row: T): string;
  onEnd?(): void;
  onHold?(reason: 'focus' | 'scroll', on: boolean): void;
}

const rowClass = `${long.row} ${classes.row}`;

/** More rows are asked for this many before the end is in sight. */
const askAhead = 20;

/** Rows that lead somewhere; only those in sight are in the page. The first column is the link. */
export function RowTable<T extends { readonly id: string }>(props: RowTableProps<T>) {
  const { label, testId, columns, rows, hasOlder, end, fresh, href, state, onEnd, onHold } = props;
  const { search } = useLocation();
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const { first, end: last } = useRowsInSight(scroller, rowHeight, rows.length + 1);
  useEffect(() => {
    if (hasOlder && last >= rows.length - askAhead) onEnd?.();
  }, [hasOlder, last, rows.length, onEnd]);
  useEffect(
    () => () => {
      onHold?.('focus', false);
      onHold?.('scroll', false);
    },
    [onHold],
  );
  const style = {
    '--columns': columns.map(({ width }) => width).join(' '),
    '--columns-narrow': columns
      .filter(({ spare }) => !spare)
      .map(({ width }) => width)
      .join(' '),
  } as CSSProperties;
  const classOf = ({ right, spare, notOnPhone }: Column<T>) =>
    [right && classes.right, spare && classes.spare, notOnPhone && classes.notOnPhone].filter(Boolean).join(' ');

  return (
    <div role="table" aria-label={label} aria-rowcount={hasOlder ? -1 : rows.length + 1} className={long.table} style={style}>
      <div role="rowgroup" className={long.head}>
        <div role="row" aria-rowindex={1} className={rowClass}>
          {columns.map((column) => (
            <span role="columnheader" key={column.name} className={classOf(column)}>
              {column.label}
            </span>
          ))}
        </div>
      </div>
      <div
        role="rowgroup"
        ref={scroller}
        className={long.scroller}
        data-testid={testId}
        data-scroller
        onFocus={({ target }) => onHold?.('focus', target.matches(':focus-visible'))}
        onBlur={() => onHold?.('focus', false)}
        onScroll={({ currentTarget }) => onHold?.('scroll', currentTarget.scrollTop > rowHeight / 2)}
      >
        <div role="presentation" style={{ height: (rows.length + 1) * rowHeight, position: 'relative' }}>
          {Array.from({ length: last - first }, (_, offset) => {
            const index = first + offset;
            const row = rows[index];
            const place = { transform: `translateY(${index * rowHeight}px)`, height: rowHeight };
            if (row === undefined) {
              return (
                <div key="end" role="row" aria-rowindex={index + 2} className={rowClass} style={place} data-end>
                  <span role="cell" className={long.end}>
                    {end}
                  </span>
                </div>
              );
            }
            return (
              <div
                key={row.id}
                role="row"
                aria-rowindex={index + 2}
                className={rowClass}
                style={place}
                data-id={row.id}
                data-state={state?.(row)}
                data-fresh={fresh?.has(row.id) ?? false}
              >
                {columns.map((column, position) => (
                  <span role="cell" key={column.name} className={classOf(column)} data-column={column.name}>
                    {position === 0 ? (
                      <Link to={href(row)} state={{ from: search }} className={classes.link}>
                        {column.cell(row)}
                      </Link>
                    ) : (
                      column.cell(row)
                    )}
                  </span>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
