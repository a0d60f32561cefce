import { resolve } from 'node:path';
import { z } from 'zod';
import { maskUrlPasswords } from './redact.ts';

/** One variable of the environment that cannot be used. */
export interface VariableFault {
  variable: string;
  /** As it was given, with secrets masked; null where it is not set. */
  given: string | null;
  allowed: string;
}

/** The environment cannot be used; the message lists every faulty variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly VariableFault[];

  constructor(faults: readonly VariableFault[]) {
    super(['The configuration cannot be used:', ...faults.map(describeFault)].join('\n'));
    this.faults = faults;
  }
}

function describeFault({ variable, given, allowed }: VariableFault): string {
  return `  ${variable}: ${given === null ? 'is not set' : `is ${JSON.stringify(given)}`}; allowed: ${allowed}`;
}

/**
 * The configuration that `schema` describes, from environment variables of the same names. An empty variable counts as not set.
 * Throws ConfigError. Only main.ts passes process.env; nothing else reads it.
 */
export function parseConfig<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>, env: NodeJS.ProcessEnv): z.output<z.ZodObject<Shape>> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = new Map<string, VariableFault>();
  for (const { path, message } of parsed.error.issues) {
    const variable = String(path[0] ?? 'environment');
    if (faults.has(variable)) continue;
    const value = given[variable];
    faults.set(variable, {
      variable,
      given: value === undefined ? null : maskVariable(variable, value),
      allowed: (schema.shape[variable] as z.ZodType | undefined)?.description ?? message,
    });
  }
  throw new ConfigError([...faults.values()]);
}

function maskVariable(name: string, value: string): string {
  return /SECRET|PASSWORD|TOKEN|KEY|CREDENTIAL/i.test(name) ? '***' : maskUrlPasswords(value);
}

const digits = (allowed: string) =>
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/, allowed)
    .transform(Number);

/** A number from `min` to `max`. */
export function numberVariable({ min, max, integer = false, fallback }: { min: number; max: number; integer?: boolean; fallback: number }) {
  const allowed = `${integer ? 'a whole number' : 'a number'} from ${min} to ${max}, default ${fallback}`;
  const number = z.number().min(min).max(max);
  return digits(allowed)
    .pipe(integer ? number.int() : number)
    .default(fallback)
    .describe(allowed);
}

/** A TCP port; 0 lets the system choose. */
export function portVariable(fallback: number) {
  return numberVariable({ min: 0, max: 65_535, integer: true, fallback });
}

/** `on` or `off`, as a boolean. */
export function onOffVariable(fallback: boolean) {
  return z
    .enum(['on', 'off'])
    .transform((value) => value === 'on')
    .default(fallback)
    .describe(`on or off, default ${fallback ? 'on' : 'off'}`);
}

/** An absolute URL of one of the schemes, e.g. `['amqp', 'amqps']`. */
export function urlVariable(schemes: readonly string[]) {
  const allowed = `a URL that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`;
  return z
    .string()
    .refine((value) => schemes.some((scheme) => value.startsWith(`${scheme}://`)) && URL.canParse(value), allowed)
    .describe(allowed);
}

/** What every process reads. */
export const baseConfig = {
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/)
    .default('127.0.0.1')
    .describe('a host name or address to listen on, default 127.0.0.1'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('fatal, error, warn, info, debug, trace or silent, default info'),
  LOG_FORMAT: z.enum(['pretty', 'json']).optional().describe('pretty or json, default: pretty on a terminal'),
  LOG_DIR: z
    .string()
    .min(1)
    .transform((path) => resolve(path))
    .optional()
    .describe('a folder for files of requests, business and errors, or not set'),
  NODE_ENV: z
    .enum(['development', 'production', 'test'])
    .default('development')
    .describe('development, production or test, default development'),
  STOP_LEAD_MS: numberVariable({ min: 0, max: 60_000, integer: true, fallback: 0 }),
};

/** The PostgreSQL server; a service uses the database `<DATABASE_PREFIX><service>` on it. */
export const databaseConfig = {
  DATABASE_URL: urlVariable(['postgres', 'postgresql']),
  DATABASE_PREFIX: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,40}$/)
    .default('comptoir_')
    .describe('lower-case letters, digits and underscores, at most 41, default comptoir_'),
};

/** The message broker. */
export const brokerConfig = {
  AMQP_URL: urlVariable(['amqp', 'amqps']),
  AMQP_MANAGEMENT_URL: urlVariable(['http', 'https']).optional().describe('a URL that begins with http:// or https://, or not set'),
};

/** The secret that the gateway signs principals with and the subgraphs check; not set: every caller is taken for an administrator. */
export const secretConfig = {
  GATEWAY_SECRET: z.string().min(16).optional().describe('at least 16 characters, or not set for a trial without authentication'),
};

/** The secret, null where there is none. Throws ConfigError in production: whoever reaches a subgraph without one is its administrator. */
export function secretOf({
  NODE_ENV,
  GATEWAY_SECRET,
}: {
  readonly NODE_ENV: string;
  readonly GATEWAY_SECRET?: string | undefined;
}): string | null {
  if (NODE_ENV === 'production' && GATEWAY_SECRET === undefined)
    throw new ConfigError([{ variable: 'GATEWAY_SECRET', given: null, allowed: 'at least 16 characters in production' }]);
  return GATEWAY_SECRET ?? null;
}
