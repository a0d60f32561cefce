import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Role } from '../generated/operations.ts';
import { type Connection, createConnection } from '../graph/connection.ts';
import { askMe, type Me, type MeAnswer } from './ask-me.ts';
import { forgetKey, storedKey, storeKey } from './stored-key.ts';

type SessionState =
  | { readonly phase: 'starting'; readonly unreachable: boolean }
  | { readonly phase: 'signed-out'; readonly expired: boolean }
  | { readonly phase: 'signed-in'; readonly me: Me | null; readonly connection: Connection };

interface Session {
  readonly state: SessionState;
  /** Checks the key and opens the connection if it is accepted. */
  signIn(key: string, keep: boolean): Promise<MeAnswer['kind']>;
  signOut(): void;
}

const SessionContext = createContext<Session | null>(null);
const retryStartMs = 2_000;

/** Knows who is at the counter; opens one connection to the graph for them and closes it when they leave. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState<SessionState>({ phase: 'starting', unreachable: false });
  const current = useRef<Connection | null>(null);

  const leave = useCallback((expired: boolean) => {
    forgetKey();
    current.current?.stop();
    current.current = null;
    setState({ phase: 'signed-out', expired });
  }, []);

  const enter = useCallback(
    (key: string | null, me: Me | null) => {
      current.current?.stop();
      const connection = createConnection(key, () => {
        if (current.current === connection) leave(true);
      });
      current.current = connection;
      setState({ phase: 'signed-in', me, connection });
    },
    [leave],
  );

  useEffect(() => {
    const aborted = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const start = async () => {
      const key = storedKey();
      const answer = await askMe(key, aborted.signal);
      if (aborted.signal.aborted) return;
      if (answer.kind === 'accepted') enter(key, answer.me);
      else if (answer.kind === 'refused') leave(key !== null);
      else {
        setState({ phase: 'starting', unreachable: true });
        timer = setTimeout(start, retryStartMs);
      }
    };
    void start();
    return () => {
      aborted.abort();
      clearTimeout(timer);
      current.current?.stop();
      current.current = null;
    };
  }, [enter, leave]);

  const session = useMemo<Session>(
    () => ({
      state,
      signIn: async (key, keep) => {
        const answer = await askMe(key);
        if (answer.kind !== 'accepted') return answer.kind;
        storeKey(key, keep);
        enter(key, answer.me);
        return answer.kind;
      },
      signOut: () => leave(false),
    }),
    [state, enter, leave],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = use(SessionContext);
  if (session === null) throw new Error('useSession needs a SessionProvider around it');
  return session;
}

/** The connection of whoever is signed in; only for what is shown to them. */
export function useConnection(): Connection {
  const { state } = useSession();
  if (state.phase !== 'signed-in') throw new Error('useConnection is for signed-in screens only');
  return state.connection;
}

/** Whether buttons that need one of these roles are worth showing. The right itself is checked by the subgraph. */
export function useMay(roles: readonly Role[]): boolean {
  const { state } = useSession();
  return state.phase === 'signed-in' && (state.me === null || state.me.roles.some((role) => roles.includes(role)));
}
