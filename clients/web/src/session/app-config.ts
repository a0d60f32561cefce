/** What the gateway tells every page before anybody has signed in. */
export interface AppConfig {
  readonly demo: boolean;
  /** A key to try the demonstration with. */
  readonly demoKey?: string;
}

const timeoutMs = 5_000;

/** Anything but a readable answer means: not a demonstration. */
export async function loadAppConfig(): Promise<AppConfig> {
  try {
    const response = await fetch('/app-config.json', { signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) return { demo: false };
    const body: unknown = await response.json();
    if (typeof body !== 'object' || body === null || !('demo' in body) || body.demo !== true) return { demo: false };
    return 'demoKey' in body && typeof body.demoKey === 'string' ? { demo: true, demoKey: body.demoKey } : { demo: true };
  } catch {
    // An older gateway or a proxy without this file: the page works just the same without the hint.
    return { demo: false };
  }
}
