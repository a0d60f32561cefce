import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Changing } from '../controls/figure.tsx';
import { Mark } from '../controls/mark.tsx';
import { Empty } from '../controls/quiet.tsx';
import tables from '../controls/tables.module.css';
import { type LevelFragment, StockChangedDocument } from '../generated/operations.ts';
import { listen } from '../graph/listen.ts';
import { useLanguage } from '../language/language.tsx';
import { useConnection } from '../session/session.tsx';

interface LevelsTableProps {
  readonly productId: string;
  /** As they were when asked for; they change by themselves from then on. */
  readonly levels: readonly LevelFragment[];
  onCount?(level: LevelFragment): void;
  onChanged?(): void;
}

/** What is there of one product, place by place, live. */
export function LevelsTable({ productId, levels, onCount, onChanged }: LevelsTableProps) {
  const { words, format } = useLanguage();
  const { client } = useConnection();
  const [told, setTold] = useState<readonly LevelFragment[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is told goes to whoever shows it now
  useEffect(
    () =>
      listen(
        client,
        StockChangedDocument,
        { productId },
        {
          data: ({ stockChanged }) => {
            setTold((before) => [stockChanged, ...before.filter(({ place }) => place.id !== stockChanged.place.id)]);
            onChanged?.();
          },
        },
      ),
    [client, productId],
  );
  const newest = levels.map((level) => {
    const other = told.find(({ place }) => place.id === level.place.id);
    return other !== undefined && other.updatedAt >= level.updatedAt ? other : level;
  });
  const shown = [...newest, ...told.filter(({ place }) => !levels.some((level) => level.place.id === place.id))];
  if (shown.length === 0) return <Empty title={words.stock.empty} />;
  return (
    <table className={tables.table} data-testid="levels">
      <thead>
        <tr>
          <th scope="col">{words.stock.place}</th>
          <th scope="col">{words.stock.onHand}</th>
          <th scope="col">{words.stock.reserved}</th>
          <th scope="col">{words.stock.availableLabel}</th>
          {onCount !== undefined && <td />}
        </tr>
      </thead>
      <tbody>
        {shown.map((level) => (
          <tr key={level.place.id} data-place={level.place.id} data-low={level.low}>
            <th scope="row" title={level.place.name}>
              {level.place.town}
            </th>
            <td>
              <Changing value={level.onHand}>{format.count(level.onHand)}</Changing>
            </td>
            <td>
              <Changing value={level.allocated}>{format.count(level.allocated)}</Changing>
            </td>
            <td>
              {level.low ? (
                <Mark tone={level.available <= 0 ? 'bad' : 'warn'} title={words.stock.lowCell}>
                  <Changing value={level.available}>{format.count(level.available)}</Changing>
                </Mark>
              ) : (
                <strong>
                  <Changing value={level.available}>{format.count(level.available)}</Changing>
                </strong>
              )}
            </td>
            {onCount !== undefined && (
              <td>
                <Button
                  size="compact-xs"
                  className={tables.act ?? ''}
                  variant="default"
                  onClick={() => onCount(level)}
                  aria-label={`${words.stock.count} : ${level.place.name}`}
                >
                  {words.stock.count}
                </Button>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
