/** Tells listeners in this process that something happened; carries nothing, and a missed one is made up for by polling. */
export interface EventSignal {
  wake(): void;
  /** Calls the listener on every wake until the returned function is called. */
  onWake(listener: () => void): () => void;
}

export function createEventSignal(): EventSignal {
  const listeners = new Set<() => void>();
  return {
    wake() {
      for (const listener of [...listeners]) listener();
    },
    onWake(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
