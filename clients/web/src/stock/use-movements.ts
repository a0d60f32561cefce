import { useCallback, useEffect, useRef, useState } from 'react';
import { appendOlder, arrive, emptyList, type LiveList, listOfPage, type PageOf, pageSize } from '../feed/live-list.ts';
import { type MovementFragment, MovementPageDocument } from '../generated/operations.ts';
import { ask } from '../graph/ask.ts';
import { coalesce } from '../graph/coalesce.ts';
import { useConnection } from '../session/session.tsx';

export type Movement = MovementFragment;

export interface Movements {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly list: LiveList<Movement>;
  /** Asks for a page of the ledger, whatever is shown of it. */
  readonly page: PageOf<Movement>;
  loadOlder(): void;
  reload(): void;
  /** Something moved: what is new is taken in. */
  look(): void;
}

const lookEveryMs = 500;

/** The ledger of one product, at one place or at all. */
export function useMovements(productId: string, placeId: string | null): Movements {
  const { client } = useConnection();
  const [state, setState] = useState<Pick<Movements, 'status' | 'list'>>({ status: 'loading', list: emptyList });
  const generation = useRef(0);
  const pageAfter = useCallback<PageOf<Movement>>(
    async (after) => {
      const { stockMovements } = await ask(client, MovementPageDocument, { productId, placeId, first: pageSize, after });
      const { nodes, pageInfo } = stockMovements;
      return { nodes, hasNextPage: pageInfo.hasNextPage, endCursor: pageInfo.endCursor ?? null };
    },
    [client, productId, placeId],
  );
  const reload = useCallback(() => {
    generation.current += 1;
    const mine = generation.current;
    setState({ status: 'loading', list: emptyList });
    pageAfter(null).then(
      (page) => mine === generation.current && setState({ status: 'ready', list: listOfPage(page) }),
      () => mine === generation.current && setState({ status: 'failed', list: emptyList }),
    );
  }, [pageAfter]);
  useEffect(reload, [reload]);
  const looking = useRef<ReturnType<typeof coalesce<null>> | null>(null);
  useEffect(() => {
    const tile = coalesce<null>(lookEveryMs, () => {
      const mine = generation.current;
      pageAfter(null).then(
        (page) =>
          mine === generation.current && setState(({ status, list }) => ({ status, list: arrive(list, [...page.nodes].reverse(), false) })),
        () => undefined, // The next movement asks again.
      );
    });
    looking.current = tile;
    return tile.stop;
  }, [pageAfter]);
  return {
    ...state,
    page: pageAfter,
    reload,
    look: () => looking.current?.push(null),
    loadOlder: () => {
      const mine = generation.current;
      pageAfter(state.list.cursor).then(
        (page) => mine === generation.current && setState(({ status, list }) => ({ status, list: appendOlder(list, page) })),
        () => undefined, // The button is still there to try again.
      );
    },
  };
}
