import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useEffect, useState } from 'react';
import { useConnection } from '../session/session.tsx';
import { coalesce } from './coalesce.ts';
import { errorCode } from './error-code.ts';
import { listen } from './listen.ts';

export interface Followed<T> {
  readonly data: T | null;
  /** There is no such thing. */
  readonly missing: boolean;
}

const everyMs = 150;

export interface FollowOptions<T> {
  /** It will not change any more. Must be the same on every render. */
  readonly endsWhen?: (last: T) => boolean;
  /** Its id may be known before it is there, as that of a saga which another service has promised: it is asked for until it comes. */
  readonly promised?: boolean;
}

/** Follows one thing by a subscription that begins with it as it stands. */
export function useFollow<T, V extends OperationVariables>(
  document: TypedDocumentNode<T, V>,
  variables: V | null,
  { endsWhen, promised = false }: FollowOptions<T> = {},
): Followed<T> {
  const { client } = useConnection();
  const sign = JSON.stringify(variables);
  const [followed, setFollowed] = useState<Followed<T> & { sign: string }>({ sign, data: null, missing: false });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the options are constants of the screen
  useEffect(() => {
    if (sign === 'null') return;
    const tile = coalesce<T>(everyMs, (data) => setFollowed({ sign, data, missing: false }));
    let missing = false;
    const stop = listen(client, document, JSON.parse(sign) as V, {
      data: (data) => Object.values(data as object).every((value) => value !== null) && tile.push(data),
      trouble: (error) => {
        missing = errorCode(error) === 'NOT_FOUND';
        if (missing) setFollowed((before) => ({ sign, data: before.sign === sign ? before.data : null, missing: true }));
      },
      endsWhen: (last) => (missing && !promised) || (last !== null && endsWhen?.(last) === true),
    });
    return () => {
      stop();
      tile.stop();
    };
  }, [client, document, sign]);
  return followed.sign === sign ? followed : { data: null, missing: false };
}
