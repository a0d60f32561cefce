export type PublishErrorCode = 'NO_ROUTE' | 'NACKED' | 'TIMEOUT' | 'CLOSED';

/** A publication that was not confirmed. Only after NO_ROUTE and NACKED is it sure that the broker did not store it. */
export class PublishError extends Error {
  readonly code: PublishErrorCode;

  constructor(code: PublishErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PublishError';
    this.code = code;
  }
}

export interface MessageProperties {
  readonly messageId?: string;
  readonly type?: string;
  readonly correlationId?: string;
  /** `application/json` by default. */
  readonly contentType?: string;
  /** Seconds since 1970; now by default. */
  readonly timestamp?: number;
  readonly headers?: Readonly<Record<string, unknown>>;
  /** True by default: the broker keeps it through a restart. */
  readonly persistent?: boolean;
  /** Milliseconds after which the broker drops it. */
  readonly expiration?: number;
}

export interface Publication {
  readonly exchange: string;
  readonly routingKey: string;
  readonly content: Buffer;
  readonly properties: MessageProperties;
  /** True: rejects with NO_ROUTE where it reaches no queue. */
  readonly mandatory?: boolean;
}
