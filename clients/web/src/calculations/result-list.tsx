// biome-ignore-all lint/a11y/useSemanticElements: a virtualised table, whose rows stand where they are put, cannot be made of table elements
// biome-ignore-all lint/a11y/useFocusableInteractive: its rows and headings are read, not operated
import { memo, useEffect, useRef } from 'react';
import long from '../controls/long-table.module.css';
import { useRowHeight, useRowsInSight } from '../controls/rows-in-sight.ts';
import { Seal, signs } from '../controls/seal.tsx';
import type { Operation, Source } from '../generated/operations.ts';
import { LinkOutIcon } from '../icons.tsx';
import type { Format } from '../language/format.ts';
import { nonFinite } from '../language/format.ts';
import { useLanguage } from '../language/language.tsx';
import type { Words } from '../language/words.fr.ts';
import type { ResultFeed, ResultRow, ResultView } from './result-feed.ts';
import classes from './result-list.module.css';

interface Line {
  readonly key: string;
  readonly n1: number;
  readonly n2: number;
  readonly operation: Operation;
  readonly source: Source;
  readonly result: ResultRow | null;
  readonly own: boolean;
  readonly fresh: boolean;
}

const rowClass = `${long.row} ${classes.row}`;

/** Older rows are asked for this many rows before the end is in sight. */
const askAhead = 30;

/** The rows of results, newest first; only those in sight are in the page. */
export function ResultList({ feed, view, showSource }: { feed: ResultFeed; view: ResultView; showSource: boolean }) {
  const { words, format } = useLanguage();
  const scroller = useRef<HTMLDivElement>(null);
  const pendingCount = view.pending.length;
  const rowCount = pendingCount + view.list.rows.length;
  const rowHeight = useRowHeight();
  const { first, end } = useRowsInSight(scroller, rowHeight, rowCount + 1);

  useEffect(() => {
    if (view.list.hasOlder && end >= rowCount - askAhead) feed.loadOlder();
  }, [feed, end, rowCount, view.list.hasOlder]);

  useEffect(
    () => () => {
      feed.hold('focus', false);
      feed.hold('scroll', false);
    },
    [feed],
  );

  const lineAt = (index: number): Line | null => {
    const waiting = view.pending[index];
    if (waiting !== undefined) return { ...waiting, source: 'WEB', own: true, fresh: waiting.result !== null };
    const row = view.list.rows[index - pendingCount];
    return row === undefined ? null : { ...row, key: row.id, result: row, own: false, fresh: view.fresh.has(row.id) };
  };

  return (
    <div
      role="table"
      aria-label={words.results.title}
      aria-rowcount={view.list.hasOlder ? -1 : rowCount}
      className={long.table}
      data-source={showSource}
    >
      <div role="rowgroup" className={long.head}>
        <div role="row" className={rowClass}>
          <span role="columnheader" className={classes.expression}>
            {words.results.expression}
          </span>
          <span role="columnheader" className={classes.value}>
            {words.results.value}
          </span>
          <span role="columnheader" className={classes.worker}>
            {words.results.worker}
          </span>
          {showSource && (
            <span role="columnheader" className={classes.source}>
              {words.results.source}
            </span>
          )}
          <span role="columnheader" className={classes.took}>
            {words.results.time}
          </span>
          <span role="columnheader" className={classes.at}>
            {words.results.at}
          </span>
        </div>
      </div>
      <div
        role="rowgroup"
        ref={scroller}
        className={long.scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        data-scroller
        data-testid="results"
        onFocus={({ currentTarget }) => feed.hold('focus', currentTarget.matches(':focus-visible'))}
        onBlur={() => feed.hold('focus', false)}
        onScroll={({ currentTarget }) => feed.hold('scroll', currentTarget.scrollTop > rowHeight / 2)}
      >
        <div role="presentation" style={{ height: (rowCount + 1) * rowHeight, position: 'relative' }}>
          {Array.from({ length: end - first }, (_, offset) => {
            const index = first + offset;
            const line = lineAt(index);
            return (
              <div
                key={line?.key ?? 'end'}
                role="row"
                aria-rowindex={index + 2}
                className={rowClass}
                style={{ transform: `translateY(${index * rowHeight}px)`, height: rowHeight }}
                {...(line === null
                  ? { 'data-end': true }
                  : {
                      'data-operation': line.operation,
                      'data-own': line.own,
                      'data-fresh': line.fresh,
                      'data-pending': line.result === null,
                    })}
              >
                {line === null ? (
                  <End view={view} words={words} format={format} />
                ) : (
                  <Cells {...line} showSource={showSource} words={words} format={format} />
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface CellsProps extends Line {
  readonly showSource: boolean;
  readonly words: Words;
  readonly format: Format;
}

const Cells = memo(
  function Cells({ n1, n2, operation, source, result, showSource, words, format }: CellsProps) {
    const partOfAll = result?.task.operation === 'ALL';
    const special = result === null ? null : nonFinite(result.text);
    return (
      <>
        <span role="cell" className={classes.expression}>
          <Seal operation={operation} />
          <span className={classes.operands} title={partOfAll ? words.results.partOfAll : undefined}>
            {format.value(n1)} {signs[operation]} {operand(n2, format)}
          </span>
        </span>
        <span role="cell" className={classes.value}>
          {result === null ? (
            <span className={classes.waiting}>
              <i aria-hidden />
              {words.results.waiting}
            </span>
          ) : (
            <>
              <span aria-hidden className={classes.equals}>
                =
              </span>
              <span
                className={classes.number}
                data-special={special ?? undefined}
                title={special === null ? result.text : words.results.nonFinite}
              >
                {format.result(result.text)}
              </span>
            </>
          )}
        </span>
        <span role="cell" className={classes.worker} title={result?.workerId}>
          {result?.workerId ?? ''}
        </span>
        {showSource && (
          <span role="cell" className={classes.source} title={result?.task.foreign ? words.results.foreign : undefined}>
            {words.results.sources[source]}
            {result?.task.foreign && <LinkOutIcon role="img" aria-hidden={false} aria-label={words.results.foreign} />}
          </span>
        )}
        <span role="cell" className={classes.took}>
          {result === null ? '' : format.seconds(result.processingTime)}
        </span>
        <span role="cell" className={classes.at}>
          {result === null ? '' : format.time(result.completedAt)}
        </span>
      </>
    );
  },
  (before, after) =>
    before.key === after.key &&
    before.result?.id === after.result?.id &&
    before.showSource === after.showSource &&
    before.words === after.words,
);

function End({ view, words, format }: { view: ResultView; words: Words; format: Format }) {
  const { hasOlder, trimmed, rows } = view.list;
  const text = hasOlder
    ? words.results.older
    : trimmed
      ? words.results.trimmed(format.count(rows.length))
      : rows.length > 0
        ? words.results.end
        : '';
  return (
    <span role="cell" className={long.end}>
      {text}
    </span>
  );
}

/** A negative second operand stands in brackets: 4 − (−2). */
function operand(value: number, format: Format): string {
  return value < 0 ? `(${format.value(value)})` : format.value(value);
}
