/** Somebody of the demonstration, whose password everybody knows. */
export interface DemoStaff {
  readonly login: string;
  readonly password: string;
}

/** What the gateway tells every page before anybody has signed in. */
export interface AppConfig {
  /** Whether one has to sign in; null where it did not say. */
  readonly auth: boolean | null;
  readonly demo: boolean;
  /** A key to try the demonstration with. */
  readonly demoKey?: string;
  readonly staff?: DemoStaff;
}

const timeoutMs = 5_000;

const unknown: AppConfig = { auth: null, demo: false };

/** Anything but a readable answer means: not a demonstration. */
export async function loadAppConfig(): Promise<AppConfig> {
  try {
    const response = await fetch('/app-config.json', { signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) return unknown;
    return parse(await response.json());
  } catch {
    // An older gateway or a proxy without this file: the page works just the same without the hint.
    return unknown;
  }
}

function parse(body: unknown): AppConfig {
  const { auth: told, demo, demoKey, demoStaff: staff } = (body ?? {}) as Record<string, unknown>;
  const auth = typeof told === 'boolean' ? told : null;
  if (demo !== true) return { auth, demo: false };
  return {
    auth,
    demo: true,
    ...(typeof demoKey === 'string' && { demoKey }),
    ...(isDemoStaff(staff) && { staff }),
  };
}

function isDemoStaff(value: unknown): value is DemoStaff {
  const { login, password } = (value ?? {}) as Record<string, unknown>;
  return typeof login === 'string' && typeof password === 'string';
}
