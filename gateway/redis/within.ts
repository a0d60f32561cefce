/** What became of work that may take too long; it goes on, and its later failure is nobody's. */
export type InTime<T> = { readonly inTime: true; readonly value: T } | { readonly inTime: false };

/** Waits for the work, at most so long. Rejects as the work does. */
export function within<T>(limitMs: number, work: Promise<T>): Promise<InTime<T>> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve({ inTime: false }), limitMs);
    work.then(
      (value) => {
        clearTimeout(timer);
        resolve({ inTime: true, value });
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
