import type { Database } from '@comptoir/platform/database.ts';

/** All orders that were ever created in a currency, whatever became of them. */
export interface OrderFigures {
  readonly currency: string;
  readonly orders: number;
  /** Mean of their totals, in the currency's smallest unit. */
  readonly averageMinor: number;
}

/** Costs the same however many orders there are: they are counted as they are created. */
export const readOrderFigures = (database: Database): Promise<OrderFigures[]> =>
  database.query<OrderFigures>(
    `SELECT currency, sum(orders)::float8 AS orders, (sum(value_minor) / sum(orders))::float8 AS "averageMinor"
     FROM order_tally GROUP BY currency ORDER BY currency`,
  );
