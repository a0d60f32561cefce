/** What becomes of a broker message whose handling ended in this error. */
export type MessageFate = 'retry' | 'dead-letter';

export interface ErrorEntry {
  /** For the caller: what went wrong in general. The message of the error says it in particular. */
  readonly meaning: string;
  /** Status of the REST facade and of HTTP answers. */
  readonly httpStatus: number;
  /** Whether the same request can succeed later without a change. */
  readonly retryable: boolean;
  readonly messageFate: MessageFate;
}

/** Every error that leaves a process, by its code: GraphQL `extensions.code`, REST status and fate of a message are read from here. */
export const errorCatalogue = {
  BAD_USER_INPUT: {
    meaning: 'The input does not validate; every fault is named.',
    httpStatus: 422,
    retryable: false,
    messageFate: 'dead-letter',
  },
  BAD_REQUEST: { meaning: 'The request cannot be read.', httpStatus: 400, retryable: false, messageFate: 'dead-letter' },
  UNAUTHENTICATED: { meaning: 'No credential, or one that is not valid.', httpStatus: 401, retryable: false, messageFate: 'dead-letter' },
  FORBIDDEN: {
    meaning: 'The credential is valid and does not give this right.',
    httpStatus: 403,
    retryable: false,
    messageFate: 'dead-letter',
  },
  NOT_FOUND: { meaning: 'There is no such thing.', httpStatus: 404, retryable: false, messageFate: 'dead-letter' },
  CONFLICT: { meaning: 'The thing was changed or taken meanwhile.', httpStatus: 409, retryable: false, messageFate: 'dead-letter' },
  IDEMPOTENCY_CONFLICT: {
    meaning: 'The idempotency key was used before with another input.',
    httpStatus: 409,
    retryable: false,
    messageFate: 'dead-letter',
  },
  PAYLOAD_TOO_LARGE: { meaning: 'The body is larger than allowed.', httpStatus: 413, retryable: false, messageFate: 'dead-letter' },
  RATE_LIMITED: { meaning: 'The consumer has used up its requests for now.', httpStatus: 429, retryable: true, messageFate: 'retry' },
  OPERATION_LIMIT: {
    meaning: 'The GraphQL operation is larger than allowed.',
    httpStatus: 400,
    retryable: false,
    messageFate: 'dead-letter',
  },
  OPERATION_NOT_LISTED: {
    meaning: 'Only operations of the known clients are answered here; this one is not on their list.',
    httpStatus: 403,
    retryable: false,
    messageFate: 'dead-letter',
  },
  SERVICE_UNAVAILABLE: { meaning: 'A needed part is down; try again later.', httpStatus: 503, retryable: true, messageFate: 'retry' },
  SHUTTING_DOWN: {
    meaning: 'This instance is stopping; come back to another one.',
    httpStatus: 503,
    retryable: true,
    messageFate: 'retry',
  },
  SUBSCRIPTION_UPSTREAM_FAILED: {
    meaning: 'The source of a subscription ended with an error.',
    httpStatus: 502,
    retryable: true,
    messageFate: 'retry',
  },
  SLOW_CONSUMER: {
    meaning: 'The client reads its subscription too slowly and was let go.',
    httpStatus: 429,
    retryable: true,
    messageFate: 'retry',
  },
  CURSOR_EXPIRED: {
    meaning: 'What came after this cursor is not kept any more: read the state afresh and subscribe without a cursor.',
    httpStatus: 410,
    retryable: false,
    messageFate: 'dead-letter',
  },
  CURSOR_INVALID: {
    meaning: 'The cursor is not one of ours, or was given for another subscription or other rights: subscribe without it.',
    httpStatus: 400,
    retryable: false,
    messageFate: 'dead-letter',
  },
  SCHEMA_CHANGED: {
    meaning: 'The graph was changed and does not answer this operation any more.',
    httpStatus: 409,
    retryable: false,
    messageFate: 'dead-letter',
  },
  NOT_ACCEPTABLE: {
    meaning: 'None of the media types that the client accepts can carry the answer.',
    httpStatus: 406,
    retryable: false,
    messageFate: 'dead-letter',
  },
  MESSAGE_INVALID: {
    meaning: 'The message is not JSON or does not match its schema.',
    httpStatus: 422,
    retryable: false,
    messageFate: 'dead-letter',
  },
  MESSAGE_CONFLICT: {
    meaning: 'The message contradicts what is already stored.',
    httpStatus: 409,
    retryable: false,
    messageFate: 'dead-letter',
  },
  RETRIES_EXHAUSTED: { meaning: 'Handling the message failed every time.', httpStatus: 500, retryable: false, messageFate: 'dead-letter' },
  INTERNAL: { meaning: 'A fault of ours; the logs tell more.', httpStatus: 500, retryable: true, messageFate: 'retry' },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorCatalogue;

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorCatalogue, code);
}
