import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Credential } from './credential.ts';
import { GatewayError } from './failure.ts';

export type FeedState = 'live' | 'reconnecting';

/** The one connection for everything that is live. It comes back by itself, and stays with who has signed in for as long as the sign-in lasts. */
export interface LiveSocket {
  readonly client: Client;
  /** Why who asks is not let in any more; null while nothing is known to be in the way. */
  refusal(): GatewayError | null;
  close(): Promise<void>;
}

const firstConnectAttempts = 3;
const refusedAttempts = 3;
const pingEveryMs = 10_000;
const pongWithinMs = 10_000;
const longestRetryMs = 5_000;
/** So long before its end an access token is followed by the next. */
const aheadMs = 60_000;
const renewAgainMs = 5_000;
/** Whatever this machine's clock says: an access token is good for ten minutes. */
const shortestWaitMs = 20_000;
const forbiddenCode = 4403;
const frozenCode = 4499;

export function openLiveSocket(endpoint: URL, credential: Credential, onFeed: (state: FeedState) => void): LiveSocket {
  let open: WebSocket | null = null;
  let wasLive = false;
  let failedFirstConnects = 0;
  let refusedConnects = 0;
  let shown: string | undefined;
  let refusal: GatewayError | null = null;
  let pongDue: NodeJS.Timeout | undefined;
  let renewal: NodeJS.Timeout | undefined;
  const closing = new AbortController();

  /** The connection goes on with the next access token, which it is told of before this one ends. */
  const renewInTime = (waitMs?: number) => {
    clearTimeout(renewal);
    const endsAt = credential.endsAt();
    if (endsAt === null) return;
    renewal = setTimeout(() => void renew(), waitMs ?? Math.max(shortestWaitMs, endsAt - aheadMs - Date.now())).unref();
  };
  const renew = async () => {
    try {
      shown = await credential.current();
      if (open?.readyState === WebSocket.OPEN) open.send(JSON.stringify({ type: 'ping', payload: { accessToken: shown } }));
      renewInTime();
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      // The gateway ends the connection where there is no next one to be had; who comes back then is told why.
      renewInTime(renewAgainMs);
    }
  };

  const client = createClient({
    url: endpoint.href.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    async connectionParams() {
      try {
        shown = (refusedConnects > 0 ? await credential.next(shown) : undefined) ?? (await credential.current());
      } catch (error) {
        // That the gateway cannot be asked for the next token right now is no refusal: it is tried again.
        if (error instanceof GatewayError && error.code === 'UNAUTHENTICATED') refusal = error;
        throw error;
      }
      return shown ? { apiKey: shown } : {};
    },
    keepAlive: pingEveryMs,
    connectionAckWaitTimeout: 10_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: (retries) => waitBeforeRetry(retries, closing.signal),
    // A gateway that was there comes back; one that never was is told of after a few tries.
    shouldRetry(cause) {
      if (closing.signal.aborted || refusal !== null) return false;
      if (codeOf(cause) === forbiddenCode) return credential.kind === 'login' && ++refusedConnects <= refusedAttempts;
      return wasLive || ++failedFirstConnects < firstConnectAttempts;
    },
    on: {
      connected: (socket) => {
        open = socket as WebSocket;
        wasLive = true;
        refusedConnects = 0;
        renewInTime();
        onFeed('live');
      },
      // A connection can be dead without a word: then it is ended, so that another one is made.
      ping: (received) => {
        if (!received) pongDue = setTimeout(() => open?.close(frozenCode, 'no answer to a ping'), pongWithinMs).unref();
      },
      pong: () => clearTimeout(pongDue),
      closed: (event) => {
        clearTimeout(pongDue);
        clearTimeout(renewal);
        open = null;
        const comesBack = refusal === null && codeOf(event) !== 1000 && !(codeOf(event) === forbiddenCode && credential.kind !== 'login');
        if (wasLive && comesBack) onFeed('reconnecting');
      },
    },
  });

  return {
    client,
    refusal: () => refusal,
    async close() {
      closing.abort();
      clearTimeout(renewal);
      try {
        await client.dispose();
      } catch (error) {
        // A socket that was still on its way rejects with its close event: there is nothing left to close.
        if (error instanceof Error) throw error;
      }
    },
  };
}

/** What a connection was closed with, as far as it was told. */
export function codeOf(cause: unknown): number {
  const { code } = (cause ?? {}) as { code?: unknown };
  return typeof code === 'number' ? code : 1006;
}

/** Growing, jittered, never long, and over at once when the command ends. */
async function waitBeforeRetry(retries: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, Math.min(100 * 2 ** Math.min(retries, 10), longestRetryMs) * (0.5 + Math.random() / 2));
  signal.addEventListener('abort', () => resolve(), { once: true });
  await promise;
  clearTimeout(timer);
}
