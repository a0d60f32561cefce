export type PublishErrorCode = 'NO_ROUTE' | 'NACKED' | 'TIMEOUT' | 'CLOSED';

/** A publication that was not confirmed. Only after NO_ROUTE and NACKED is it sure that no queue holds it. */
export class PublishError extends Error {
  override readonly name = 'PublishError';
  readonly code: PublishErrorCode;

  constructor(code: PublishErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
