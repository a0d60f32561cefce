/** What is known already, or a promise of it. Most of what a request asks for is in memory, and awaiting that would cost more than the rest of the work. */
export type NowOrLater<T> = T | Promise<T>;

/** Goes on with the value: at once where it is there. What `use` throws is thrown at once then, too. */
export function andThen<T, R>(value: NowOrLater<T>, use: (value: T) => NowOrLater<R>): NowOrLater<R> {
  return value instanceof Promise ? value.then(use) : use(value);
}
