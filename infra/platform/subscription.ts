import { createSourceEventStream, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { ComptoirError, toGraphQLError } from './errors.ts';
import { runnerOf } from './execution/runner.ts';
import { cursorOf, type SubscriptionStart } from './subscription-start.ts';

export interface SubscriptionDeps<C extends object> {
  /**
   * The cursor the subscriber wants to go on after, null for none. Undefined: it did not ask for cursors, and gets plain GraphQL.
   * Who asked gets `extensions.cursor` with each event, and one result without data when it has caught up with the live events.
   */
  readonly cursor?: string | null | undefined;
  /** A context for the beginning, which hands its source the start, and one for each event. */
  openContext(signal: AbortSignal, takeStart?: () => SubscriptionStart): Promise<C>;
  closeContext(context: C): Promise<void>;
  /** Told of the time one event took to resolve. */
  onEvent?(seconds: number): void;
  onEnd?(): void;
}

/**
 * Runs a subscription with a context of its own for every event (graphql-js keeps one for all, and with it what DataLoaders cached).
 * return() ends it at once, also while the source is quiet: the signal fires and the source is released without waiting for its next event.
 */
export async function runSubscription<C extends object>(
  args: Omit<ExecutionArgs, 'contextValue'>,
  { cursor, openContext, closeContext, onEvent, onEnd }: SubscriptionDeps<C>,
): Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult> {
  const abort = new AbortController();
  const run = runnerOf(args);
  const wantsCursors = cursor !== undefined;
  const marks: string[] = [];
  let onMark: (() => void) | null = null;
  let startTaken = false;
  const start: SubscriptionStart = {
    after: cursor ?? null,
    caughtUp(position) {
      if (!wantsCursors) return;
      marks.push(position);
      onMark?.();
    },
  };
  const beginning = await openContext(abort.signal, () => {
    startTaken = true;
    return start;
  });
  let source: AsyncIterator<unknown>;
  try {
    const stream = await createSourceEventStream({ ...args, contextValue: beginning });
    if (!(Symbol.asyncIterator in stream)) {
      await closeContext(beginning);
      return stream;
    }
    source = stream[Symbol.asyncIterator]();
  } catch (error) {
    await closeContext(beginning);
    throw error;
  }
  if (start.after !== null && !startTaken) {
    // Beginning anew instead would hide that something was missed.
    abort.abort();
    void source.return?.().then(undefined, () => undefined);
    await closeContext(beginning);
    return { errors: [toGraphQLError(new ComptoirError('CURSOR_EXPIRED'))] };
  }

  const done: IteratorReturnResult<void> = { done: true, value: undefined };
  let ended = false;
  let settle: ((result: IteratorReturnResult<void>) => void) | null = null;
  /** Asked for and not there yet; a mark may be told meanwhile. */
  let coming: Promise<IteratorResult<unknown>> | null = null;

  function end(): void {
    if (ended) return;
    ended = true;
    abort.abort();
    settle?.(done);
    // Not awaited: an async generator takes its return() only after the event it waits for, which may never come.
    void source.return?.().then(undefined, () => undefined);
    void closeContext(beginning);
    onEnd?.();
  }

  async function resolve(event: unknown): Promise<ExecutionResult> {
    const begun = performance.now();
    const context = await openContext(abort.signal);
    try {
      const result = await run(context, event);
      const position = wantsCursors ? cursorOf(event) : undefined;
      return position === undefined ? result : { ...result, extensions: { ...result.extensions, cursor: position } };
    } finally {
      await closeContext(context);
      onEvent?.((performance.now() - begun) / 1_000);
    }
  }

  function marked(): Promise<'mark'> {
    return new Promise((tell) => {
      onMark = () => tell('mark');
      if (marks.length > 0) tell('mark');
    });
  }

  async function pull(): Promise<IteratorResult<ExecutionResult, void>> {
    coming ??= source.next();
    const event = wantsCursors ? await Promise.race([marked(), coming]) : await coming;
    onMark = null;
    // A mark that was set stands before the event that came with it.
    const mark = marks.shift();
    if (mark !== undefined && !ended) return { done: false, value: { extensions: { cursor: mark } } };
    if (event === 'mark') return done;
    coming = null;
    if (event.done || ended) {
      end();
      return done;
    }
    return { done: false, value: await resolve(event.value) };
  }

  const events: AsyncGenerator<ExecutionResult, void, void> = {
    next() {
      if (ended) return Promise.resolve(done);
      return new Promise((fulfil, reject) => {
        settle = fulfil;
        pull().then(fulfil, (error: unknown) => {
          // Once ended, nobody waits for this: return() has settled it.
          reject(error);
          end();
        });
      });
    },
    return() {
      end();
      return Promise.resolve(done);
    },
    throw(error) {
      end();
      return Promise.reject(error);
    },
    [Symbol.asyncIterator]() {
      return events;
    },
    async [Symbol.asyncDispose]() {
      end();
    },
  };
  return events;
}
