/** Lets a loop sleep until it is woken or the time is up; a wake that comes while it works makes the next sleep return at once. */
export interface WakeUp {
  wake(): void;
  sleep(timeoutMs: number, signal: AbortSignal): Promise<void>;
}

export function createWakeUp(): WakeUp {
  let woken = false;
  let end: (() => void) | null = null;
  return {
    wake() {
      woken = true;
      end?.();
    },
    async sleep(timeoutMs, signal) {
      if (!woken && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const finish = () => {
            clearTimeout(timer);
            signal.removeEventListener('abort', finish);
            end = null;
            resolve();
          };
          const timer = setTimeout(finish, timeoutMs);
          signal.addEventListener('abort', finish, { once: true });
          end = finish;
        });
      }
      woken = false;
    },
  };
}
