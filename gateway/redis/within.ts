/** What became of work that may take too long; it goes on, and its later failure is nobody's. */
export type InTime<T> = { readonly inTime: true; readonly value: T } | { readonly inTime: false };

/** Waits for the work, at most so long. Rejects as the work does. */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<InTime<T>> {
  work.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const overdue = new Promise<InTime<T>>((resolve) => {
    timer = setTimeout(() => resolve({ inTime: false }), limitMs);
  });
  try {
    return await Promise.race([work.then((value): InTime<T> => ({ inTime: true, value })), overdue]);
  } finally {
    clearTimeout(timer);
  }
}
