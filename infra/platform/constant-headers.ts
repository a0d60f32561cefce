import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** Headers that every answer has which does not say otherwise by one of the same name. */
export interface ConstantHeaders {
  /** @param headers by their names in small letters */
  add(headers: Readonly<Record<string, string>>): void;
  /** Has an answer that has not begun carry them. */
  putOn(response: ServerResponse): void;
}

/** Put in as the head of an answer is written: as headers of the reply so many would cost more than everything else that a small answer takes. */
export function createConstantHeaders(): ConstantHeaders {
  const constant = new Map<string, string>();

  function writeHead(this: ServerResponse, status: number, ...given: unknown[]): ServerResponse {
    const [headers] = given;
    if (given.length === 1 && isNamed(headers) && this.getHeaderNames().length === 0) {
      const all: (string | string[])[] = [];
      for (const name in headers) all.push(name, headers[name] as string);
      for (const [name, value] of constant) if (headers[name] === undefined) all.push(name, value);
      return original(this).call(this, status, all as string[]);
    }
    // What was set before counts, and what is given here comes after it.
    for (const [name, value] of constant) if (!this.hasHeader(name)) this.setHeader(name, value);
    return (original(this) as (...args: unknown[]) => ServerResponse).call(this, status, ...given);
  }

  return {
    add(headers) {
      for (const [name, value] of Object.entries(headers)) constant.set(name, value);
    },
    putOn(response) {
      response.writeHead = writeHead;
    },
  };
}

/** That of its class. */
function original(response: ServerResponse): ServerResponse['writeHead'] {
  return (Object.getPrototypeOf(response) as ServerResponse).writeHead;
}

function isNamed(headers: unknown): headers is OutgoingHttpHeaders {
  return typeof headers === 'object' && headers !== null && !Array.isArray(headers);
}
