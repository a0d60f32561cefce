import type { EntityManager } from '@mikro-orm/postgresql';
import { frequent } from './frequent-statements.ts';
import { type Page, type PageRequest, readPageRequest, toPage } from './keyset.ts';
import { query } from './sql.ts';

type ColumnKind = 'text' | 'int' | 'instant';

/** How a sorted column is told in a cursor, and how what a cursor tells is compared with it. */
const places: Readonly<Record<ColumnKind, { told(column: string): string; read(told: string): string }>> = {
  text: { told: (column) => column, read: (told) => `${told}::text` },
  int: { told: (column) => column, read: (told) => `${told}::bigint` },
  instant: {
    told: (column) => `(extract(epoch FROM ${column}) * 1000000)::bigint`,
    read: (told) => `(timestamptz 'epoch' + ${told}::bigint * interval '1 microsecond')`,
  },
};

/** What a list is sorted by. */
export interface ListOrder {
  /** Of its cursors. */
  readonly name: string;
  /** All of them go the same way, and together they are unique. An instant's cursor is exact, to the microsecond. */
  readonly columns: readonly { readonly sql: string; readonly kind: ColumnKind }[];
  readonly descending?: boolean;
}

/** Adds a value to a statement's parameters and says what it is called there. */
export type Bind = (value: unknown) => string;

export interface List<Row, Node> {
  readonly columns: string;
  /** The tables, and after WHERE what restricts them. */
  readonly from: string;
  /** What `from` is bound to. */
  readonly parameters: readonly unknown[];
  /** Further columns, of what is shown and not of what an offset passes over; `page` is the row. */
  readonly shown?: ((bind: Bind) => string) | undefined;
  readonly order: ListOrder;
  /** What is shown of a row; the row itself where left out. */
  readonly toNode?: ((row: Row) => Node) | undefined;
}

/** Filters make many statements of a list. The first are prepared; the others are parsed each time, so that the memory they take has an end. */
const mostPrepared = 200;
const shapes = new Set<string>();

function preparedShape(sql: string): string {
  if (shapes.size < mostPrepared) shapes.add(sql);
  return shapes.has(sql) ? frequent(sql) : sql;
}

interface Placed {
  readonly total?: number;
  readonly [place: `place${number}`]: unknown;
}

/** A page of a list, with the count of all if that is wanted, by one statement. Errors: BAD_USER_INPUT. */
export async function findPage<Row extends object, Node = Row>(
  em: EntityManager,
  { columns, from, parameters: restricting, shown, order, toNode = (row) => row as never }: List<Row, Node>,
  { counted, ...request }: PageRequest & { readonly counted?: boolean },
): Promise<Page<Node>> {
  const { columns: sorted, descending = false } = order;
  const kinds = sorted.map(({ kind }) => (kind === 'text' ? kind : 'int'));
  const { first, after, offset } = readPageRequest(request, order.name, kinds);
  const parameters = [...restricting];
  const bind: Bind = (value) => `$${parameters.push(value)}`;
  const listed = (of: (column: string, index: number, kind: ColumnKind) => string) =>
    sorted.map(({ sql, kind }, index) => of(sql, index, kind)).join(', ');
  const sortedBy = (of: (column: string, index: number) => string) =>
    listed((sql, index) => `${of(sql, index)} ${descending ? 'DESC' : 'ASC'}`);

  const place = after && listed((_, index, kind) => places[kind].read(bind(after[index])));
  const beyond = place ? `AND (${listed((sql) => sql)}) ${descending ? '<' : '>'} (${place})` : '';
  const total = `SELECT count(*)::int AS total FROM ${from}`;
  const further = [...(shown ? [shown(bind)] : []), ...(counted ? [`(${total})`] : [])].map((column) => `, ${column}`).join('');
  const rows = await query<Row & Placed>(
    em,
    preparedShape(`SELECT page.*${further} FROM (
        SELECT ${columns}, ${listed((sql, index, kind) => `${places[kind].told(sql)} AS place${index}`)} FROM ${from} ${beyond}
        ORDER BY ${sortedBy((sql) => sql)} LIMIT ${bind(first + 1)} OFFSET ${bind(offset)}
      ) page ORDER BY ${sortedBy((_, index) => `place${index}`)}`),
    parameters,
  );
  // Where nothing is shown no row says how many there are.
  const known = rows.length > 0 ? rows[0]?.total : after === null && offset === 0 ? 0 : undefined;
  return toPage(rows, {
    first,
    order: order.name,
    placeOf: (row) => sorted.map((_, index) => String(row[`place${index}`])),
    toNode,
    count: async () => known ?? (await query<{ total: number }>(em, preparedShape(total), restricting))[0]?.total ?? 0,
  });
}
