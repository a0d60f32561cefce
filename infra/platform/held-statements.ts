import type { PoolClient, QueryResult } from 'pg';
import { runFrequent } from './frequent-query.ts';
import { isUnread, nameOfFrequent } from './frequent-statements.ts';

const begins = /^(begin|start transaction)\b/i;
const ends = /^(commit|rollback)$/i;

/** What pg knows of its connection and does not declare. */
interface Session {
  readonly connection: { readonly stream: { cork(): void; uncork(): void } };
}

type Run = (...parameters: unknown[]) => unknown;

interface Statement {
  readonly text: string;
  readonly values: unknown;
}

/** Of a statement that is not sent yet; nobody looks at it. */
const noResult: QueryResult = { command: '', rowCount: 0, oid: 0, rows: [], fields: [] };

/**
 * Runs a connection's statements, which needs pg's `pipeline`: a transaction's beginning and its unread statements are held back, and go out with the next statement in one
 * round trip, mostly the first and the commit. Where one of them fails, so does what it went with, with its error; nothing was committed then. A transaction of which nothing was sent ends without a word to the server.
 */
export function holdStatements(client: PoolClient, run: Run): Run {
  const { stream } = (client as unknown as Session).connection;
  let held: Statement[] = [];
  let state: 'outside' | 'to begin' | 'begun' = 'outside';

  const send = ({ text, values }: Statement) => {
    const name = nameOfFrequent(text);
    return name === undefined ? (run(text, values) as Promise<QueryResult>) : runFrequent(run, { name, text, values });
  };

  async function sendAll(before: readonly Statement[], last: Statement): Promise<QueryResult> {
    let failure: { readonly error: unknown } | undefined;
    stream.cork();
    const earlier = before.map((statement) =>
      send(statement).catch((error: unknown) => {
        failure ??= { error };
      }),
    );
    const result = send(last);
    stream.uncork();
    const [outcome] = await Promise.allSettled([result, ...earlier]);
    // The server ends an ill-fated transaction by COMMIT without calling it an error.
    if (failure) throw failure.error;
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  }

  return (...parameters) => {
    const [text, values] = parameters;
    if (typeof text !== 'string') return run(...parameters);
    const statement = { text, values };
    if (begins.test(text)) {
      held = [statement];
      state = 'to begin';
      return Promise.resolve(noResult);
    }
    if (state !== 'outside' && isUnread(text)) {
      held.push(statement);
      return Promise.resolve(noResult);
    }
    const before = held;
    const wasBegun = state === 'begun';
    held = [];
    if (!ends.test(text)) {
      if (state === 'to begin') state = 'begun';
      return before.length === 0 ? send(statement) : sendAll(before, statement);
    }
    state = 'outside';
    const isRollback = /^rollback$/i.test(text);
    if (!wasBegun && (isRollback || before.length <= 1)) return Promise.resolve(noResult);
    return isRollback || before.length === 0 ? send(statement) : sendAll(before, statement);
  };
}
