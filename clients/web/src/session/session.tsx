import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { LoginDocument, type LoginMutation, LogoutDocument, type Role } from '../generated/operations.ts';
import { type Connection, createConnection } from '../graph/connection.ts';
import { loadAppConfig } from './app-config.ts';
import { askMe, type Me } from './ask-me.ts';
import { askOnce } from './ask-once.ts';
import type { Credential } from './credential.ts';
import { credentialOf, keepRenewed, type Renewal } from './renewal.ts';
import { forgetCredential, renewStored, storeCredential, storedCredential } from './stored-credential.ts';

type SessionState =
  | { readonly phase: 'starting'; readonly unreachable: boolean }
  | { readonly phase: 'signed-out'; readonly expired: boolean }
  | { readonly phase: 'signed-in'; readonly me: Me | null; readonly connection: Connection };

/** What comes of an attempt to sign in. `limited`: too many attempts; seconds to wait where known. */
export type SignInOutcome =
  | { readonly kind: 'accepted' | 'refused' | 'unreachable' }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number | null };

interface Session {
  readonly state: SessionState;
  /** Checks the key and opens the connection if it is accepted. */
  signInWithKey(key: string, keep: boolean): Promise<SignInOutcome>;
  signInAsStaff(login: string, password: string, keep: boolean): Promise<SignInOutcome>;
  /** The same person goes on with other tokens, as after a change of password has ended the session. */
  goOnWith(credential: Credential): void;
  signOut(): void;
}

interface Opened {
  readonly connection: Connection;
  readonly renewal: Renewal;
}

const SessionContext = createContext<Session | null>(null);
const retryStartMs = 2_000;

/** Knows who is at the counter; opens one connection to the graph for them and closes it when they leave. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState<SessionState>({ phase: 'starting', unreachable: false });
  const opened = useRef<Opened | null>(null);

  const close = useCallback(() => {
    opened.current?.connection.stop();
    opened.current?.renewal.stop();
    opened.current = null;
  }, []);

  const leave = useCallback(
    (expired: boolean) => {
      forgetCredential();
      close();
      setState({ phase: 'signed-out', expired });
    },
    [close],
  );

  const enter = useCallback(
    (renewal: Renewal, me: Me | null) => {
      close();
      const connection = createConnection(renewal, () => {
        if (opened.current?.connection === connection) leave(true);
      });
      opened.current = { connection, renewal };
      setState({ phase: 'signed-in', me, connection });
    },
    [close, leave],
  );

  /** Whose credential it is; where an access token has ended meanwhile, that of the next. */
  const identify = useCallback(
    async (credential: Credential, signal?: AbortSignal) => {
      const renewal = keepRenewed(credential, () => leave(true));
      let answer = await askMe(credential, signal);
      if (answer.kind === 'refused' && (await renewal.renew())) answer = await askMe(renewal.current(), signal);
      if (answer.kind !== 'answered') renewal.stop();
      return { answer, renewal };
    },
    [leave],
  );

  useEffect(() => {
    const aborted = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const start = async () => {
      const credential = storedCredential();
      // Who brings nothing need not ask where one has to sign in.
      const { auth } = credential.kind === 'none' ? await loadAppConfig() : { auth: null };
      if (aborted.signal.aborted) return;
      if (auth === true) return leave(false);
      const { answer, renewal } = await identify(credential, aborted.signal);
      if (aborted.signal.aborted) return renewal.stop();
      if (answer.kind === 'answered') enter(renewal, answer.data.me);
      else if (answer.kind === 'refused') leave(credential.kind !== 'none');
      else {
        setState({ phase: 'starting', unreachable: true });
        timer = setTimeout(start, retryStartMs);
      }
    };
    void start();
    return () => {
      aborted.abort();
      clearTimeout(timer);
      close();
    };
  }, [enter, leave, close, identify]);

  const session = useMemo<Session>(() => {
    const signIn = async (credential: Credential, keep: boolean): Promise<SignInOutcome> => {
      const { answer, renewal } = await identify(credential);
      if (answer.kind !== 'answered') return answer;
      storeCredential(renewal.current(), keep);
      enter(renewal, answer.data.me);
      return { kind: 'accepted' };
    };
    return {
      state,
      signInWithKey: (key, keep) => signIn({ kind: 'key', key }, keep),
      async signInAsStaff(login, password, keep) {
        const answer = await askOnce<LoginMutation>(LoginDocument, { variables: { login, password } });
        if (answer.kind !== 'answered') return answer;
        const outcome = answer.data.login;
        if (outcome.__typename === 'SignedIn') return signIn(credentialOf(outcome), keep);
        return outcome.retryAfterSeconds === null ? { kind: 'refused' } : { kind: 'limited', retryAfterSeconds: outcome.retryAfterSeconds };
      },
      goOnWith(credential) {
        if (state.phase !== 'signed-in') return;
        renewStored(credential);
        enter(
          keepRenewed(credential, () => leave(true)),
          state.me,
        );
      },
      signOut() {
        const credential = opened.current?.renewal.current();
        // Whether or not the server hears of it: this page knows the tokens no more.
        if (credential?.kind === 'staff') void askOnce(LogoutDocument, { variables: { refreshToken: credential.refreshToken } });
        leave(false);
      },
    };
  }, [state, enter, leave, identify]);
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
