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

export function createInFlight<T>(): InFlight<T> {
  const flights = new Map<string, Flight<T>>();

  return {
    share(key, signal, fetch) {
      if (signal?.aborted) return Promise.reject(signal.reason);
      let flight = flights.get(key);
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
      return signal ? untilAborted(flight, signal, () => flights.delete(key)) : flight.result;
    },
  };
}

function untilAborted<T>(flight: Flight<T>, signal: AbortSignal, forget: () => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const leave = () => {
      reject(signal.reason);
      if (--flight.waiting > 0) return;
      // Forgotten before it fails: who comes now begins a fetch of its own.
      forget();
      flight.controller.abort(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    flight.result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
