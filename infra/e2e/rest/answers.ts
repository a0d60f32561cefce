import { checkAgainst, type DescriptionCheck, type Json } from '@comptoir/gateway/testing/description.ts';

/** An answer as it came, and what is wrong with it by the description that the gateway itself gives. */
export interface CheckedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Parsed where it is JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are checked by the tests that ask.
  readonly body: any;
  /** Empty: nothing. */
  readonly faults: readonly string[];
}

export interface Ask {
  readonly method: string;
  /** As the description writes it; what the answer is held against. */
  readonly path: string;
  /** Path and query as they are sent. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

export interface CheckingClient {
  readonly description: Json;
  readonly check: DescriptionCheck;
  ask(ask: Ask): Promise<CheckedAnswer>;
}

/** Asks a gateway and holds every answer against its /openapi.json. */
export async function checkingClient(baseUrl: string): Promise<CheckingClient> {
  const description = (await (await fetch(new URL('/openapi.json', baseUrl))).json()) as Json;
  const check = checkAgainst(description);
  return {
    description,
    check,
    async ask({ method, path, url, headers = {}, body }) {
      const response = await fetch(new URL(url, baseUrl), { method, headers, ...(body === undefined ? {} : { body }) });
      const text = await response.text();
      const names = Object.fromEntries(response.headers);
      const isJson = names['content-type']?.startsWith('application/json') && text !== '';
      const faults = [...check.faultsOfAnswer(method, path, { status: response.status, headers: names, body: text })];
      // What a person reads is French; a sentence that only the graph knows was forgotten.
      if (text.includes('Valeur refusée : ')) faults.push(`${method} ${path} ${response.status}: not in French: ${text.slice(0, 500)}`);
      return { status: response.status, headers: names, text, body: isJson ? JSON.parse(text) : undefined, faults };
    },
  };
}
