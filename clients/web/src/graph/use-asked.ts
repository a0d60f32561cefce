import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useCallback, useEffect, useState } from 'react';
import { useFeed } from '../feed/badge.tsx';
import { useConnection } from '../session/session.tsx';
import { ask } from './ask.ts';

export interface Asked<T> {
  /** The newest answer; null before the first. */
  readonly data: T | null;
  readonly failed: boolean;
  reload(): void;
}

/** What is asked for when the screen opens, when `variables` change, and again after every interruption of the feed. */
export function useAsked<T, V extends OperationVariables>(document: TypedDocumentNode<T, V>, variables: V): Asked<T> {
  const { client } = useConnection();
  const { epoch } = useFeed();
  const [turn, setTurn] = useState(0);
  const sign = JSON.stringify(variables);
  const [answer, setAnswer] = useState<{ sign: string; data: T | null; failed: boolean }>({ sign, data: null, failed: false });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new epoch or turn means to ask again
  useEffect(() => {
    let gone = false;
    ask(client, document, JSON.parse(sign) as V).then(
      (data) => !gone && setAnswer({ sign, data, failed: false }),
      () => !gone && setAnswer((before) => ({ sign, data: before.sign === sign ? before.data : null, failed: true })),
    );
    return () => {
      gone = true;
    };
  }, [client, document, sign, epoch > 1 ? epoch : 0, turn]);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  return answer.sign === sign ? { data: answer.data, failed: answer.failed, reload } : { data: null, failed: false, reload };
}
