/** Stock of one product at one place, as rows carry it. */
export interface Cell {
  readonly onHand: number;
  readonly allocated: number;
  readonly available: number;
  readonly low: boolean;
  readonly place: { readonly id: string };
}

/** Something with stock by place. */
export interface Stocked {
  readonly id: string;
  readonly stock: readonly Cell[];
}

/** A level as it is told: which product, where, how much. */
export interface ToldLevel extends Cell {
  readonly product: { readonly id: string };
  readonly place: { readonly id: string; readonly name: string };
}

export type CellKey = `${string}:${string}`;
export const cellKey = (productId: string, placeId: string): CellKey => `${productId}:${placeId}`;

/** The rows with levels as told, in the order they were told; which cells changed by it, and which fell below their threshold. */
export function withLevels<T extends Stocked>(
  rows: readonly T[],
  told: readonly ToldLevel[],
): { readonly rows: readonly T[]; readonly changed: ReadonlySet<CellKey>; readonly fallen: readonly ToldLevel[] } {
  const newest = new Map(told.map((level) => [cellKey(level.product.id, level.place.id), level]));
  const touched = new Set(told.map(({ product }) => product.id));
  const changed = new Set<CellKey>();
  const fallen: ToldLevel[] = [];
  if (newest.size === 0 || !rows.some(({ id }) => touched.has(id))) return { rows, changed, fallen };

  const cellOf = (id: string, placeId: string, before: Cell | undefined): Cell | undefined => {
    const level = newest.get(cellKey(id, placeId));
    if (level === undefined) return before;
    if (before !== undefined && before.onHand === level.onHand && before.allocated === level.allocated && before.low === level.low)
      return before;
    changed.add(cellKey(id, placeId));
    if (level.low && before?.low === false) fallen.push(level);
    const { onHand, allocated, available, low } = level;
    return { ...before, onHand, allocated, available, low, place: before?.place ?? { id: placeId } };
  };

  const next = rows.map((row) => {
    if (!touched.has(row.id)) return row;
    const here = row.stock.map((cell) => cellOf(row.id, cell.place.id, cell) ?? cell);
    const places = new Set(row.stock.map(({ place }) => place.id));
    const others = [...newest.values()]
      .filter(({ product, place }) => product.id === row.id && !places.has(place.id))
      .flatMap(({ place }) => cellOf(row.id, place.id, undefined) ?? []);
    return here.every((cell, index) => cell === row.stock[index]) && others.length === 0 ? row : { ...row, stock: [...here, ...others] };
  });
  return changed.size === 0 ? { rows, changed, fallen } : { rows: next, changed, fallen };
}

const nowhere: Omit<Cell, 'place'> = { onHand: 0, allocated: 0, available: 0, low: false };

/** What is there of a product at a place: nothing where it never was. */
export const levelAt = ({ stock }: Stocked, placeId: string) => stock.find(({ place }) => place.id === placeId) ?? nowhere;

export const availableOf = ({ stock }: Stocked) => stock.reduce((sum, { available }) => sum + available, 0);
