import pg, { type QueryResult } from 'pg';

/** What pg knows of a connection, of a query and of its result, and does not declare. */
interface Connection {
  describe(message: object): void;
}

interface Columns {
  readonly fields: unknown;
  readonly _parsers: unknown;
  readonly _prebuiltEmptyResultObject: unknown;
}

interface PgQuery {
  readonly name: string;
  _result: Columns;
  _accumulateRows: boolean;
  prepare(connection: Connection): void;
  handleRowDescription(message: object): void;
}

interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: unknown;
}

type Callback = (error: Error | null, result: QueryResult) => void;
const Query = (pg as unknown as { Query: new (config: Statement & { callback: Callback }) => PgQuery }).Query;

interface Known {
  /** Of each prepared statement that has been described, by its name. */
  readonly columns: Map<string, Columns>;
  /** The connection, but that it asks for no description. */
  readonly silent: Connection;
}

const knownOf = new WeakMap<Connection, Known>();

function knownTo(connection: Connection): Known {
  let known = knownOf.get(connection);
  if (!known) {
    known = { columns: new Map(), silent: Object.create(connection, { describe: { value: () => undefined } }) as Connection };
    knownOf.set(connection, known);
  }
  return known;
}

/**
 * A prepared statement whose columns the server is asked for the first time only: telling them, reading that and finding a parser for each costs as much as several rows. They
 * stay what they were, as the server refuses a prepared statement that would return others now.
 */
class FrequentQuery extends Query {
  #learnt: Map<string, Columns> | undefined;

  override prepare(connection: Connection): void {
    const { columns, silent } = knownTo(connection);
    const known = columns.get(this.name);
    if (known) {
      Object.assign(this._result, known);
      this._accumulateRows = true;
    } else {
      this.#learnt = columns;
    }
    super.prepare(known ? silent : connection);
  }

  override handleRowDescription(message: object): void {
    super.handleRowDescription(message);
    const { fields, _parsers, _prebuiltEmptyResultObject } = this._result;
    this.#learnt?.set(this.name, { fields, _parsers, _prebuiltEmptyResultObject });
  }
}

/** Runs a statement that is prepared under its name, by what runs queries of pg on a connection. */
export function runFrequent(run: (query: object) => unknown, statement: Statement): Promise<QueryResult> {
  return new Promise((resolve, reject) => {
    run(new FrequentQuery({ ...statement, callback: (error, result) => (error ? reject(error) : resolve(result)) }));
  });
}
