import type { ApolloClient, OperationVariables, TypedDocumentNode } from '@apollo/client';

interface Listener<T> {
  data(data: T): void;
  /** The stream could not be had or ended with an error; it is asked for again by itself. */
  trouble?(error: unknown): void;
  /** Whether a stream that the server completes is done. Otherwise it is asked for again. */
  endsWhen?(last: T | null): boolean;
}

const firstWaitMs = 500;
const longestWaitMs = 15_000;

/**
 * Listens to a subscription for as long as it is wanted. A lost connection is bridged by the socket itself; a stream that the server ended or refused is
 * asked for again after a growing wait. Gives the function that stops listening.
 */
export function listen<T, V extends OperationVariables>(
  client: ApolloClient,
  query: TypedDocumentNode<T, V>,
  variables: V,
  listener: Listener<T>,
): () => void {
  let stopped = false;
  let waitMs = firstWaitMs;
  let last: T | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stream: { unsubscribe(): void } | undefined;
  const again = () => {
    if (stopped || listener.endsWhen?.(last)) return;
    clearTimeout(timer);
    timer = setTimeout(start, waitMs);
    waitMs = Math.min(longestWaitMs, waitMs * 2);
  };
  const start = () => {
    stream?.unsubscribe();
    // What is told in part is shown in part: a customer who is gone must not hide the saga.
    stream = client
      .subscribe<T, V>({ query, variables, fetchPolicy: 'no-cache', errorPolicy: 'all' } as ApolloClient.SubscribeOptions<T, V>)
      .subscribe({
        next: ({ data, error }) => {
          if (error !== undefined) listener.trouble?.(error);
          if (data === undefined || data === null) return;
          waitMs = firstWaitMs;
          last = data as T;
          listener.data(last);
        },
        error: (error: unknown) => {
          listener.trouble?.(error);
          again();
        },
        complete: again,
      });
  };
  start();
  return () => {
    stopped = true;
    clearTimeout(timer);
    stream?.unsubscribe();
  };
}
