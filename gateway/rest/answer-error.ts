import { type ErrorCode, errorCatalogue, isErrorCode } from '@comptoir/schema/errors.ts';
import type { GraphQLFormattedError } from 'graphql';
import type { AnyRestRoute } from './define-route.ts';
import type { RestFault } from './faults.ts';
import { inFrench } from './graph-faults.ts';
import { Refusal } from './refusal.ts';

export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly detail: string | readonly RestFault[] };
  /** True for a fault of ours, which is to be logged as an error. */
  readonly ours: boolean;
}

/** Seconds after which a client of a part that is down does well to ask again. */
const retryAfterSeconds = 5;

/** What a REST client reads where nothing more particular is known. */
const details: Readonly<Record<ErrorCode, string>> = {
  BAD_USER_INPUT: 'Données invalides',
  BAD_REQUEST: 'Requête illisible',
  UNAUTHENTICATED: 'Clé d’API absente ou invalide',
  FORBIDDEN: 'Droits insuffisants',
  NOT_FOUND: 'Ressource non trouvée',
  CONFLICT: 'Conflit : la ressource a été modifiée entre-temps',
  IDEMPOTENCY_CONFLICT: 'Cette clé d’idempotence a déjà servi pour une autre requête',
  PAYLOAD_TOO_LARGE: 'Corps de requête trop volumineux',
  RATE_LIMITED: 'Trop de requêtes',
  OPERATION_LIMIT: 'Opération trop vaste',
  OPERATION_NOT_LISTED: 'Opération inconnue',
  SERVICE_UNAVAILABLE: 'Service momentanément indisponible',
  SHUTTING_DOWN: 'Service en cours d’arrêt',
  SUBSCRIPTION_UPSTREAM_FAILED: 'Service momentanément indisponible',
  SLOW_CONSUMER: 'Client trop lent',
  CURSOR_EXPIRED: 'Curseur trop ancien : relisez l’état',
  CURSOR_INVALID: 'Curseur invalide',
  SCHEMA_CHANGED: 'Le graphe a changé',
  NOT_ACCEPTABLE: 'Aucun format accepté ne convient',
  MESSAGE_INVALID: 'Message invalide',
  MESSAGE_CONFLICT: 'Message contradictoire',
  RETRIES_EXHAUSTED: 'Échec après plusieurs essais',
  INTERNAL: 'Erreur interne',
};

/** Of every address that no route has. */
export const noSuchRoute = details.NOT_FOUND;

/** The one place where an error becomes a REST answer. `requestId` lets the client name an internal error to us. */
export function answerError(error: unknown, requestId: string): ErrorAnswer {
  const code = codeOf(error);
  const status =
    (error instanceof Refusal ? error.status : undefined) ??
    (code === 'BAD_REQUEST' ? clientStatus(error) : errorCatalogue[code].httpStatus);
  let detail: string | readonly RestFault[] = (error instanceof Refusal ? error.detail : undefined) ?? details[code];
  // Messages of internal errors may hold anything: SQL, paths, values.
  if (code === 'INTERNAL') detail = `${details.INTERNAL} (référence ${requestId})`;
  if (code === 'BAD_USER_INPUT' && typeof detail === 'string') detail = [{ loc: ['body'], msg: detail, type: 'value_error' }];
  const headers: Record<string, string> = { 'Cache-Control': 'no-store', ...(error instanceof Refusal ? error.headers : {}) };
  if (status === 503 || status === 429) headers['Retry-After'] ??= String(retryAfterSeconds);
  if (status === 401) headers['WWW-Authenticate'] ??= 'Bearer realm="Comptoir"';
  return { status, headers, body: { detail }, ours: status >= 500 && code === 'INTERNAL' };
}

function codeOf(error: unknown): ErrorCode {
  if (typeof error !== 'object' || error === null) return 'INTERNAL';
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  if (isErrorCode(code)) return code;
  if (statusCode === 413) return 'PAYLOAD_TOO_LARGE';
  if (statusCode === 503) return 'SERVICE_UNAVAILABLE';
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) return 'BAD_REQUEST';
  return 'INTERNAL';
}

function clientStatus(error: unknown): number {
  const { statusCode } = error as { statusCode?: unknown };
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : errorCatalogue.BAD_REQUEST.httpStatus;
}

/** What of a route says where the graph's arguments came from. */
type RouteOfFaults = Pick<AnyRestRoute, 'method' | 'path' | 'fieldNames'>;

/** What the graph refused, as the refusal of a route. Of several errors the first one counts. */
export function refusalOf(errors: readonly GraphQLFormattedError[], route: RouteOfFaults): Refusal {
  const [first] = errors;
  const given = first?.extensions?.code;
  const code = isErrorCode(given) ? given : 'INTERNAL';
  const faults = code === 'BAD_USER_INPUT' ? inputFaults(first?.extensions?.faults, route) : [];
  return new Refusal(code, faults.length > 0 ? faults : undefined, { cause: errors });
}

/** Faults that the graph found in the arguments: the body of a route becomes the argument `input`, its query the argument `filter` or arguments of their own. */
function inputFaults(faults: unknown, { method, path: address, fieldNames = {} }: RouteOfFaults): RestFault[] {
  if (!Array.isArray(faults)) return [];
  return faults.map(({ path, message }: { path: readonly (string | number)[]; message: string }) => {
    const [first, ...rest] = path;
    const names = (first === 'input' || first === 'filter' ? rest : path).map((step) => fieldNames[step] ?? step);
    const place = address.includes(`{${names[0]}}`) ? 'path' : method === 'GET' ? 'query' : 'body';
    const loc = first === 'idempotencyKey' ? ['header', 'Idempotency-Key'] : [place, ...names];
    return { loc, msg: inFrench(message), type: 'value_error' };
  });
}
