/** Hands on the newest of many values, at once when there was quiet and then at most once in `everyMs`. */
export function coalesce<T>(everyMs: number, deliver: (value: T) => void): { push(value: T): void; stop(): void } {
  let waiting: { value: T } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    if (waiting === null) return;
    const { value } = waiting;
    waiting = null;
    timer = setTimeout(flush, everyMs);
    deliver(value);
  };
  return {
    push: (value) => {
      waiting = { value };
      if (timer === undefined) flush();
    },
    stop: () => {
      clearTimeout(timer);
      waiting = null;
    },
  };
}
