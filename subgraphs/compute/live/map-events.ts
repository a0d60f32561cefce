/** Each event with the view that is made of it, and the event's cursor; events of which nothing is to be shown are left out. Returning releases the source at once, also while it is quiet. */
export function mapEvents<Event extends { readonly cursor: string }, View>(
  events: AsyncIterableIterator<Event>,
  toView: (event: Event) => Promise<View | null>,
): AsyncIterableIterator<{ readonly cursor: string; readonly value: View }> {
  const views: AsyncIterableIterator<{ readonly cursor: string; readonly value: View }> = {
    async next() {
      for (;;) {
        const { done, value: event } = await events.next();
        if (done) return { done, value: undefined };
        const value = await toView(event);
        if (value !== null) return { done: false, value: { cursor: event.cursor, value } };
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
