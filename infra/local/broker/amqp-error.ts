/** Reply codes of the AMQP 0-9-1 specification, with the names RabbitMQ puts before their text. */
const replyNames = {
  311: 'CONTENT_TOO_LARGE',
  320: 'CONNECTION_FORCED',
  403: 'ACCESS_REFUSED',
  404: 'NOT_FOUND',
  405: 'RESOURCE_LOCKED',
  406: 'PRECONDITION_FAILED',
  501: 'FRAME_ERROR',
  502: 'SYNTAX_ERROR',
  503: 'COMMAND_INVALID',
  504: 'CHANNEL_ERROR',
  505: 'UNEXPECTED_FRAME',
  530: 'NOT_ALLOWED',
  540: 'NOT_IMPLEMENTED',
  541: 'INTERNAL_ERROR',
} as const;

export type ReplyCode = keyof typeof replyNames;

const channelCodes: ReadonlySet<ReplyCode> = new Set<ReplyCode>([311, 403, 404, 405, 406]);

/** The peer did what the protocol or the broker's state forbids. `scope` says what is closed because of it. */
export class AmqpError extends Error {
  readonly code: ReplyCode;
  readonly scope: 'channel' | 'connection';
  /** Ready for the reply-text field, for example `NOT_FOUND - no queue 'a' in vhost '/'`. */
  readonly replyText: string;

  constructor(code: ReplyCode, detail: string, scope: 'channel' | 'connection' = channelCodes.has(code) ? 'channel' : 'connection') {
    super(`${replyNames[code]} - ${detail}`);
    this.name = 'AmqpError';
    this.code = code;
    this.scope = scope;
    this.replyText = shortText(this.message);
  }
}

/** A short string holds 255 bytes at most; a cut must not fall inside a character. */
function shortText(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= 255) return text;
  return new TextDecoder().decode(bytes.subarray(0, 252), { stream: true });
}
