/** Somebody of the demonstration, whose password everybody knows. */
export interface DemoStaff {
  readonly login: string;
  readonly password: string;
}

/** What the gateway tells every page before anybody has signed in. */
export interface AppConfig {
  readonly demo: boolean;
  /** A key to try the demonstration with. */
  readonly demoKey?: string;
  readonly staff?: DemoStaff;
}

const timeoutMs = 5_000;

/** Anything but a readable answer means: not a demonstration. */
export async function loadAppConfig(): Promise<AppConfig> {
  try {
    const response = await fetch('/app-config.json', { signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) return { demo: false };
    return parse(await response.json());
  } catch {
    // An older gateway or a proxy without this file: the page works just the same without the hint.
    return { demo: false };
  }
}

function parse(body: unknown): AppConfig {
  if (typeof body !== 'object' || body === null || !('demo' in body) || body.demo !== true) return { demo: false };
  const { demoKey, demoStaff: staff } = body as Record<string, unknown>;
  return {
    demo: true,
    ...(typeof demoKey === 'string' && { demoKey }),
    ...(isDemoStaff(staff) && { staff }),
  };
}

function isDemoStaff(value: unknown): value is DemoStaff {
  const { login, password } = (value ?? {}) as Record<string, unknown>;
  return typeof login === 'string' && typeof password === 'string';
}
