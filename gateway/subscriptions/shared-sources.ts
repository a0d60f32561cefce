import type { GraphQLError } from 'graphql';

export interface Sink<T> {
  next(value: T): void;
  complete(): void;
  error(error: GraphQLError): void;
}

/** Starts a source that speaks to the sink until it completes, fails or is stopped. */
export type Source<T> = (sink: Sink<T>) => () => void;

interface Topic<T> {
  readonly sinks: Set<Sink<T>>;
  stop: (() => void) | undefined;
  over: boolean;
  last: { readonly value: T } | undefined;
}

/** Hot sources by key: started for the first who joins, stopped in the moment the last one leaves. */
export interface SharedSources<T> {
  /** @param replay whether one who joins later is given the newest value at once. Returns how to leave. */
  join(key: string, replay: boolean, sink: Sink<T>, source: Source<T>): () => void;
}

export function createSharedSources<T>(onChange: (key: string, change: 1 | -1) => void): SharedSources<T> {
  const topics = new Map<string, Topic<T>>();

  const close = (key: string, topic: Topic<T>) => {
    topic.over = true;
    topics.delete(key);
    onChange(key, -1);
  };

  const finish = (key: string, topic: Topic<T>, tell: (sink: Sink<T>) => void) => {
    if (topic.over) return;
    close(key, topic);
    for (const sink of topic.sinks) tell(sink);
    topic.sinks.clear();
  };

  const open = (key: string, replay: boolean, source: Source<T>, first: Sink<T>): Topic<T> => {
    const topic: Topic<T> = { sinks: new Set([first]), stop: undefined, over: false, last: undefined };
    topics.set(key, topic);
    onChange(key, 1);
    const stop = source({
      next(value) {
        if (topic.over) return;
        if (replay) topic.last = { value };
        for (const sink of topic.sinks) sink.next(value);
      },
      complete: () => finish(key, topic, (sink) => sink.complete()),
      error: (error) => finish(key, topic, (sink) => sink.error(error)),
    });
    // A source may end, or its only sink leave, while it is being started.
    if (topic.over) stop();
    else topic.stop = stop;
    return topic;
  };

  return {
    join(key, replay, sink, source) {
      let topic = topics.get(key);
      if (topic) {
        topic.sinks.add(sink);
        if (topic.last) sink.next(topic.last.value);
      } else {
        topic = open(key, replay, source, sink);
      }
      const joined = topic;
      return () => {
        if (!joined.sinks.delete(sink) || joined.sinks.size > 0 || joined.over) return;
        close(key, joined);
        joined.stop?.();
      };
    },
  };
}
