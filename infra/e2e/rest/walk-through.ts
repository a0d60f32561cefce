import { randomUUID } from 'node:crypto';
import { queryOf, type WalkRequest } from '@comptoir/gateway/rest/collections/requests.ts';
import type { CheckedAnswer, CheckingClient } from './answers.ts';

export interface WalkOptions {
  /** The headers that say who asks. */
  readonly credential: Readonly<Record<string, string>>;
  /** Whether the open routes are asked without it, as anybody may; who does is counted by address. */
  readonly openToAll?: boolean;
  /** Put behind every path. */
  readonly slash: '' | '/';
  /** Headers of a request beside the credential. */
  readonly more?: (request: WalkRequest) => Readonly<Record<string, string>>;
  /** Called with every answer, and with what was sent. */
  readonly onAnswer: (
    request: WalkRequest,
    answer: CheckedAnswer,
    sent: { readonly url: string; readonly body: string | undefined },
  ) => unknown;
}

/** Sends the requests one after the other, with what earlier answers gave. */
export async function walkThrough(client: CheckingClient, requests: readonly WalkRequest[], options: WalkOptions): Promise<void> {
  const { credential, openToAll = false, slash, more = () => ({}), onAnswer } = options;
  const known: Record<string, unknown> = {};
  for (const request of requests) {
    const url = fill(request.path, known) + slash + fill(queryOf(request), known);
    const body = request.body === undefined ? undefined : fill(request.body, known);
    const answer = await client.ask({
      method: request.method,
      path: request.route.path,
      url,
      headers: {
        ...(request.open && openToAll ? {} : credential),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...more(request),
      },
      ...(body === undefined ? {} : { body }),
    });
    for (const [variable, field] of Object.entries(request.captures)) known[variable] = answer.body?.[field];
    await onAnswer(request, answer, { url, body });
  }
}

/** @throws Error for a variable that no answer gave */
export function fill(text: string, known: Readonly<Record<string, unknown>>): string {
  return text.replace(/\{\{(\$?\w+)\}\}/g, (_, name: string) => {
    if (name === '$guid') return randomUUID();
    if (known[name] === undefined) throw new Error(`Nothing gave ${name}`);
    return String(known[name]);
  });
}
