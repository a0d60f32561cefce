import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useEffect, useState } from 'react';
import { useConnection } from '../session/session.tsx';
import { coalesce } from './coalesce.ts';
import { listen } from './listen.ts';

export interface Live<T> {
  /** The newest value; null before the first. Stays when the stream is away. */
  readonly data: T | null;
  /** What keeps the stream from coming; null while it flows. */
  readonly trouble: unknown;
}

/** Few enough to read, often enough to feel live. */
const everyMs = 250;
const nothing = { data: null, trouble: null };

/** The newest value of a subscription without variables, rendered at most four times a second. */
export function useLive<T>(document: TypedDocumentNode<T, Record<string, never>>): Live<T> {
  const { client } = useConnection();
  const [live, setLive] = useState<Live<T>>(nothing);
  useEffect(() => {
    const tile = coalesce<Live<T>>(everyMs, setLive);
    const stop = listen<T, OperationVariables>(
      client,
      document as TypedDocumentNode<T, OperationVariables>,
      {},
      {
        data: (data) => tile.push({ data, trouble: null }),
        trouble: (trouble) => setLive(({ data }) => ({ data, trouble })),
      },
    );
    return () => {
      stop();
      tile.stop();
    };
  }, [client, document]);
  return live;
}
