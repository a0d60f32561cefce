import { type IncomingMessage, type OutgoingHttpHeaders, ServerResponse, validateHeaderName, validateHeaderValue } from 'node:http';

/** Headers that every answer has. */
export interface CommonHeaders {
  /** Every answer has them from now on which does not say otherwise by one of the same name. @param headers by their names in small letters */
  add(headers: Readonly<Record<string, string>>): void;
  /** Has an answer that has not begun carry them. */
  putOn(response: ServerResponse): void;
}

/** The head that Node has made of an answer, from `writeHead` on. Its types do not tell of it. */
interface WithHead {
  _header: string;
}

/** Of some headers, by their names in small letters, the value for the answer to a request; there is no line end in it. */
export type HeadersOfEach = Readonly<Record<string, (request: IncomingMessage) => string>>;

/**
 * Put in as the head of an answer is written: as headers of the reply so many would cost more than everything else that a small answer takes.
 * @param ofEach those that have another value on each answer
 */
export function createCommonHeaders(ofEach: HeadersOfEach): CommonHeaders {
  const constant = new Map<string, string>();
  let names = Object.keys(ofEach);
  let constantLines = '';

  function writeHead(this: ServerResponse, status: number, ...given: unknown[]): ServerResponse {
    const [headers] = given;
    if (given.length === 1 && isNamed(headers) && isPlain(this) && !names.some((name) => headers[name] !== undefined)) {
      original(this).call(this, status, headers);
      const own = this as unknown as WithHead;
      let lines = constantLines;
      for (const name in ofEach) lines += lineOf(name, ofEach[name]!(this.req));
      own._header = `${own._header.slice(0, -lineEnd.length)}${lines}${lineEnd}`;
      return this;
    }
    // What was set before counts, and what is given here comes after it.
    for (const name in ofEach) if (!this.hasHeader(name)) this.setHeader(name, ofEach[name]!(this.req));
    for (const [name, value] of constant) if (!this.hasHeader(name)) this.setHeader(name, value);
    return (original(this) as (...args: unknown[]) => ServerResponse).call(this, status, ...given);
  }

  return {
    add(headers) {
      for (const [name, value] of Object.entries(headers)) {
        validateHeaderName(name);
        validateHeaderValue(name, value);
        constant.set(name, value);
      }
      names = [...Object.keys(ofEach), ...constant.keys()];
      constantLines = [...constant].map(([name, value]) => lineOf(name, value)).join('');
    },
    putOn(response) {
      response.writeHead = writeHead;
    },
  };
}

const lineEnd = '\r\n';

const lineOf = (name: string, value: string) => `${name}: ${value}${lineEnd}`;

/**
 * Whether lines can be added to the head that Node makes of an answer, which are not checked and joined anew with each: no headers were set one by one, and
 * the class is Node's, whose heads are known to be such a text.
 */
function isPlain(response: ServerResponse): boolean {
  return headsAreText && Object.getPrototypeOf(response) === ServerResponse.prototype && response.getHeaderNames().length === 0;
}

/** Found out by one that is never sent. */
const headsAreText = (() => {
  const response = new ServerResponse({ method: 'GET', httpVersionMajor: 1, httpVersionMinor: 1 } as IncomingMessage);
  const head: unknown = (response.writeHead(200, { 'x-name': 'value' }) as unknown as WithHead)._header;
  return typeof head === 'string' && head.includes(`x-name: value${lineEnd}`) && head.endsWith(lineEnd + lineEnd);
})();

/** That of its class. */
function original(response: ServerResponse): ServerResponse['writeHead'] {
  return (Object.getPrototypeOf(response) as ServerResponse).writeHead;
}

function isNamed(headers: unknown): headers is OutgoingHttpHeaders {
  return typeof headers === 'object' && headers !== null && !Array.isArray(headers);
}
