import type { Database } from '@comptoir/platform/database.ts';

export interface StockFigures {
  /** Units of goods ever sold; what came back is not taken off. */
  readonly sold: number;
  /** Products that are sold, at places where fewer are available than their alert threshold. */
  readonly low: number;
}

/** Costs the same however long the ledger is: sales are counted as they are booked, and only what is low is read. */
export async function readStockFigures(database: Database): Promise<StockFigures> {
  const [row] = await database.query<StockFigures>(
    `SELECT (SELECT coalesce(sum(units), 0)::float8 FROM sale_tally) AS sold,
            (SELECT count(*)::int FROM stock_level l JOIN product p ON p.id = l.product_id WHERE l.low AND p.active) AS low`,
  );
  return row ?? { sold: 0, low: 0 };
}
