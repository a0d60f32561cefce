import { setTimeout as delay } from 'node:timers/promises';

export interface LoadRequest {
  readonly path: string;
  readonly method?: 'GET' | 'POST';
  readonly body?: unknown;
  /** Whether the answer is the right one, where its status was. */
  readonly isRight?: (body: string) => boolean;
}

export interface Load {
  /** Requests answered so far. */
  count(): number;
  /** What went wrong, a line each. */
  readonly faults: readonly string[];
  /** Resolves when all of it has been answered. */
  readonly done: Promise<void>;
  /** Asks no more after the requests under way. */
  stop(): Promise<void>;
}

export interface LoadOptions {
  readonly clients: number;
  /**
   * Whether a client uses its connection again; true by default. False where nginx is reloaded: that closes connections nobody is using at that moment, and a client that was about to use one has to send its request
   * again (RFC 9112, section 9.3.1), which browsers do and `fetch` here does not.
   */
  readonly keepsConnections?: boolean;
}

const maxRequests = 200_000;
/** From an answer to the same client's next request. Without it the clients take all of the machine's time, and with it that of what they load. */
const pauseMs = 10;
const requestTimeoutMs = 30_000;

/** Clients that ask one thing after the other, in turn, until they are stopped. At most 200,000 requests. */
export function startLoad(
  url: string,
  key: string,
  requests: readonly LoadRequest[],
  { clients, keepsConnections = true }: LoadOptions,
): Load {
  const faults: string[] = [];
  let sent = 0;
  let answered = 0;
  let over = false;

  async function client(): Promise<void> {
    while (!over && sent < maxRequests) {
      const request = requests[sent++ % requests.length];
      if (!request) return;
      const fault = await ask(request);
      if (fault !== null) faults.push(`${request.method ?? 'GET'} ${request.path}: ${fault}`);
      answered++;
      await delay(pauseMs);
    }
  }

  async function ask({ path, method = 'GET', body, isRight = () => true }: LoadRequest): Promise<string | null> {
    try {
      const response = await fetch(new URL(path, url), {
        method,
        headers: {
          'x-api-key': key,
          ...(!keepsConnections && { connection: 'close' }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        signal: AbortSignal.timeout(requestTimeoutMs),
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) return `${response.status} of ${response.headers.get('x-instance-id') ?? 'nginx'} ${text.slice(0, 200)}`;
      return isRight(text) ? null : `a wrong answer: ${text.slice(0, 200)}`;
    } catch (error) {
      return `${error} ${(error as Error).cause ?? ''}`;
    }
  }

  const done = Promise.all(Array.from({ length: clients }, client)).then(() => undefined);
  return {
    count: () => answered,
    faults,
    done,
    stop() {
      over = true;
      return done;
    },
  };
}
