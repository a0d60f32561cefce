/**
 * Lets callers who want the same thing at the same time share one fetch of it. The fetch is given up when the last of them has gone;
 * one that leaves alone gets its own abort and disturbs nobody.
 */
export interface InFlight<T> {
  share(key: string, signal: AbortSignal | undefined, fetch: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

interface Flight<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
}

/** @param copy where those who share change what they get: for each but the first one, before anybody has seen it */
export function createInFlight<T>(copy?: (result: T) => T): InFlight<T> {
  const flights = new Map<string, Flight<T>>();

  return {
    share(key, signal, fetch) {
      if (signal?.aborted) return Promise.reject(signal.reason);
      let flight = flights.get(key);
      const joins = flight !== undefined;
      if (!flight) {
        const controller = new AbortController();
        flight = { controller, waiting: 0, result: fetch(controller.signal) };
        const started = flight;
        flights.set(key, started);
        const land = () => {
          if (flights.get(key) === started) flights.delete(key);
        };
        started.result.then(land, land);
      }
      flight.waiting++;
      // All copies are made before anybody hears of the answer, the first one too.
      const result = copy ? flight.result.then((own) => (joins ? copy(own) : own)) : flight.result;
      return signal ? untilAborted(flight, result, signal, () => flights.delete(key)) : result;
    },
  };
}

function untilAborted<T>(flight: Flight<T>, result: Promise<T>, signal: AbortSignal, forget: () => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const leave = () => {
      reject(signal.reason);
      if (--flight.waiting > 0) return;
      // Forgotten before it fails: who comes now begins a fetch of its own.
      forget();
      flight.controller.abort(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
