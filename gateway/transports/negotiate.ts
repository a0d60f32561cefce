/** In what form a GraphQL answer goes over HTTP. */
export type AnswerForm = 'json' | 'sse' | 'multipart';

interface Range {
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly weight: number;
}

/**
 * The form a client wants most among those that can carry the operation's answer; null: none it accepts can. Streams carry everything, JSON carries queries and mutations;
 * who accepts anything, or says nothing, gets JSON, or for a subscription is told of the streams.
 */
export function negotiate(accept: string | undefined, isSubscription: () => boolean): AnswerForm | null {
  const ranges = (accept ?? '*/*')
    .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .map(parseRange)
    .filter(({ weight }) => weight > 0);
  const weightOf = (form: AnswerForm) => Math.max(0, ...ranges.filter((range) => formOf(range) === form).map(({ weight }) => weight));
  const anything = ranges.some(({ type }) => type === '*/*');
  const [json, sse, multipart] = [weightOf('json'), weightOf('sse'), weightOf('multipart')];
  if (sse === 0 && multipart === 0) return json > 0 || anything ? (isSubscription() && !anything ? null : 'json') : null;
  // Some clients accept everything for every operation; a stream is for who wants nothing else, and for subscriptions.
  if ((json > 0 || anything) && !isSubscription()) return 'json';
  return multipart > sse ? 'multipart' : sse > multipart ? 'sse' : firstOf(ranges);
}

function firstOf(ranges: readonly Range[]): AnswerForm | null {
  return ranges.map(formOf).find((form) => form === 'sse' || form === 'multipart') ?? null;
}

function formOf({ type, parameters }: Range): AnswerForm | undefined {
  if (type === 'application/json' || type === 'application/graphql-response+json' || type === 'application/*') return 'json';
  if (type === 'text/event-stream' || type === 'text/*') return 'sse';
  // Without it a client means another use of multipart, e.g. of @defer.
  return type === 'multipart/mixed' && parameters.subscriptionspec === '1.0' ? 'multipart' : undefined;
}

function parseRange(text: string): Range {
  const [type = '', ...rest] = text.split(';').map((part) => part.trim());
  const parameters = Object.fromEntries(
    rest.map((parameter) => {
      const [name = '', value = ''] = parameter.split('=');
      return [name.trim().toLowerCase(), value.trim().replace(/^"(.*)"$/, '$1')];
    }),
  );
  const weight = 'q' in parameters ? Number(parameters.q) : 1;
  return { type: type.toLowerCase(), parameters, weight: Number.isFinite(weight) ? weight : 0 };
}
