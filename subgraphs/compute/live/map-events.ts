/** Each event as what it is turned into; those that turn into null are left out. Returning releases the source at once, also while it is quiet. */
export function mapEvents<Event, View>(
  events: AsyncIterableIterator<Event>,
  toView: (event: Event) => Promise<View | null>,
): AsyncIterableIterator<View> {
  const views: AsyncIterableIterator<View> = {
    async next() {
      for (;;) {
        const { done, value } = await events.next();
        if (done) return { done, value: undefined };
        const view = await toView(value);
        if (view !== null) return { done: false, value: view };
      }
    },
    async return() {
      await events.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => views,
  };
  return views;
}
