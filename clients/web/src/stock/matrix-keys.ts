export interface Position {
  readonly row: number;
  readonly column: number;
}

interface Extent {
  readonly rows: number;
  readonly columns: number;
  /** Rows that one press of Page Down passes. */
  readonly page: number;
}

/** Where a key leads from a cell of a grid, as people know it from spreadsheets; null where it leads nowhere. */
export function step({ row, column }: Position, key: string, control: boolean, { rows, columns, page }: Extent): Position | null {
  const moves: Record<string, Position> = {
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    PageUp: { row: row - page, column },
    PageDown: { row: row + page, column },
    Home: { row: control ? 0 : row, column: 0 },
    End: { row: control ? rows - 1 : row, column: columns - 1 },
  };
  const to = moves[key];
  if (to === undefined) return null;
  const inside = { row: Math.min(rows - 1, Math.max(0, to.row)), column: Math.min(columns - 1, Math.max(0, to.column)) };
  return inside.row === row && inside.column === column ? null : inside;
}
