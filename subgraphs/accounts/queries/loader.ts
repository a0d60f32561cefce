import { isStorable } from '@comptoir/platform/text.ts';
import DataLoader from 'dataloader';

/** Rows by id with one statement for all that are asked for in the same moment; null for ids that nothing has. */
export function createLoader<Id extends string | number, Row>(
  read: (ids: Id[]) => Promise<ReadonlyMap<Id, Row>>,
): DataLoader<Id, Row | null> {
  return new DataLoader<Id, Row | null>(async (ids) => {
    const askable = ids.filter((id) => typeof id === 'number' || isStorable(id));
    const found: ReadonlyMap<Id, Row> = askable.length > 0 ? await read(askable) : new Map();
    return ids.map((id) => found.get(id) ?? null);
  });
}
