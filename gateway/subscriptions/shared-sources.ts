import { createTopic, type Item, type Member, type Retention, type Sink, type Source, type Topic } from './topic.ts';

export type { Item, Sink, Source } from './topic.ts';

/** How one who comes back got what he missed: from memory, from the source, or as the newest state. */
export type ResumedFrom = 'memory' | 'source' | 'state';

export interface JoinOptions {
  /** Each value is the whole newest state: who joins is given it at once, unless he has it already. */
  readonly state: boolean;
  /** The cursor of what he has; null: he begins now. */
  readonly after: string | null;
  readonly onResumed?: ((from: ResumedFrom) => void) | undefined;
}

/**
 * Hot sources by key: started for the first who joins, stopped in the moment the last one leaves. One who comes back with a cursor is told what he missed, in order and
 * once, then what happens: from a topic that still holds it, else by a source of his own (shared with who comes back to the same place), which ends as soon as it has told
 * something that another topic of the key holds: its members go on there.
 */
export interface SharedSources<T> {
  /** Returns how to leave. */
  join(key: string, options: JoinOptions, sink: Sink<T>, source: Source<T>): () => void;
  /** Running sources. */
  topics(): number;
  /** Bytes kept for those who come back. */
  keptBytes(): number;
}

export function createSharedSources<T>(
  retention: Omit<Retention<T>, 'total'> & { readonly maxTotalBytes: number },
  onChange: (key: string, change: 1 | -1) => void,
): SharedSources<T> {
  const byKey = new Map<string, Set<Topic<T>>>();
  const total = { bytes: 0, maxBytes: retention.maxTotalBytes };
  const ofState: Retention<T> = { ...retention, total, maxItems: 1 };
  const ofEvents: Retention<T> = { ...retention, total };

  const close = (key: string, topic: Topic<T>) => {
    topic.over = true;
    topic.forget();
    const topics = byKey.get(key);
    topics?.delete(topic);
    if (topics?.size === 0) byKey.delete(key);
    onChange(key, -1);
  };

  const finish = (key: string, topic: Topic<T>, tell: (sink: Sink<T>) => void) => {
    if (topic.over) return;
    close(key, topic);
    const members = [...topic.members];
    topic.members.clear();
    for (const { sink } of members) tell(sink);
  };

  const tell = (member: Member<T>, item: Item<T>) => {
    const isKnown = member.known !== undefined && item.value !== undefined && item.cursor === member.known;
    if (item.value !== undefined) member.known = undefined;
    if (!isKnown) member.sink.next(item);
  };

  /** The members of one topic go on with another, where that one holds what they have not been told. */
  const merge = (key: string, from: Topic<T>, to: Topic<T>): boolean => {
    const at = from.last();
    const missing = at === undefined ? undefined : to.after(at);
    if (!missing) return false;
    const items = [...missing];
    close(key, from);
    for (const member of from.members) {
      member.topic = to;
      to.members.add(member);
    }
    for (const member of from.members) for (const item of items) if (to.members.has(member)) tell(member, item);
    from.members.clear();
    from.stop?.();
    return true;
  };

  const mergeWhereEqual = (key: string, topic: Topic<T>) => {
    for (const other of [...(byKey.get(key) ?? [])]) {
      if (other === topic || other.over) continue;
      const stays = topic.live === other.live ? topic.members.size > other.members.size : topic.live;
      const [from, to] = stays ? [other, topic] : [topic, other];
      if (!merge(key, from, to)) merge(key, to, from);
      if (topic.over) return;
    }
  };

  /** The topic, and how to start it, which is done once somebody listens. */
  const open = (key: string, { state, after }: JoinOptions, source: Source<T>) => {
    const from = state ? null : after;
    const topic = createTopic<T>(from, state ? ofState : ofEvents);
    const topics = byKey.get(key) ?? new Set();
    byKey.set(key, topics.add(topic));
    onChange(key, 1);
    const sink: Sink<T> = {
      next(item) {
        if (topic.over) return;
        if (item.value === undefined) topic.live = true;
        if (!state || item.value !== undefined) topic.keep(item);
        for (const member of topic.members) tell(member, item);
        if (!state && topics.size > 1 && !topic.over) mergeWhereEqual(key, topic);
      },
      complete: () => finish(key, topic, (sink) => sink.complete()),
      error: (error) => finish(key, topic, (sink) => sink.error(error)),
    };
    const begin = () => {
      const stop = source(sink, from);
      // A source may end, or its only member leave, while it is being started.
      if (topic.over) stop();
      else topic.stop = stop;
    };
    return { topic, begin };
  };

  /** Where one joins, and what he is told first. */
  const place = (
    key: string,
    options: JoinOptions,
    source: Source<T>,
  ): { topic: Topic<T>; begin?: () => void; first: readonly Item<T>[] } => {
    const topics = [...(byKey.get(key) ?? [])];
    const { state, after, onResumed } = options;
    if (state) {
      if (after !== null) onResumed?.('state');
      const [topic] = topics;
      const newest = topic?.newest();
      return topic ? { topic, first: newest ? [newest] : [] } : { ...open(key, options, source), first: [] };
    }
    if (after === null) {
      const topic = topics.find(({ live }) => live);
      if (!topic) return { ...open(key, options, source), first: [] };
      const last = topic.last();
      return { topic, first: last === undefined ? [] : [{ cursor: last, value: undefined }] };
    }
    for (const topic of topics) {
      const missed = topic.after(after);
      if (!missed) continue;
      onResumed?.('memory');
      const word = topic.live ? [{ cursor: topic.last(), value: undefined }] : [];
      return { topic, first: [...missed, ...word] };
    }
    onResumed?.('source');
    return { ...open(key, options, source), first: [] };
  };

  return {
    topics: () => [...byKey.values()].reduce((sum, { size }) => sum + size, 0),
    keptBytes: () => total.bytes,
    join(key, options, sink, source) {
      const { topic, begin, first } = place(key, options, source);
      const member: Member<T> = { sink, topic, known: options.state ? (options.after ?? undefined) : undefined };
      topic.members.add(member);
      begin?.();
      for (const item of first) if (member.topic.members.has(member)) tell(member, item);
      return () => {
        const { topic: current } = member;
        if (!current.members.delete(member) || current.members.size > 0 || current.over) return;
        close(key, current);
        current.stop?.();
      };
    },
  };
}
