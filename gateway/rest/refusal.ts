import type { ErrorCode } from '@comptoir/schema/errors.ts';
import type { RestFault } from './faults.ts';

/** Thrown anywhere on a REST route's way to say no: answered with the code's status and `detail`, or the code's own words where there is none. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: ErrorCode;
  readonly detail: string | readonly RestFault[] | undefined;
  /** Where HTTP has a status that the catalogue does not tell apart, e.g. 405 and 415. */
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ErrorCode,
    detail?: string | readonly RestFault[],
    { status, headers = {}, cause }: { status?: number; headers?: Readonly<Record<string, string>>; cause?: unknown } = {},
  ) {
    super(typeof detail === 'object' ? detail.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`).join('; ') : (detail ?? code), { cause });
    this.code = code;
    this.detail = detail;
    this.status = status;
    this.headers = headers;
  }
}

/** @param sentence in French, e.g. Produit non trouvé */
export function notFound(sentence: string): Refusal {
  return new Refusal('NOT_FOUND', sentence);
}
