import { AsyncLocalStorage } from 'node:async_hooks';
import { randomFillSync } from 'node:crypto';

/** A place in a trace, as W3C Trace Context has it. */
export interface Trace {
  /** 32 hexadecimal digits, the same in every process that takes part. */
  readonly traceId: string;
  /** 16 hexadecimal digits: this step of it. */
  readonly spanId: string;
  readonly sampled: boolean;
}

/** Random bytes are asked for many at once: a call for a few costs as much, and every request needs some. */
const pool = Buffer.allocUnsafe(6_144);
let used = pool.length;

function hex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString('hex', used - bytes, used);
}

/** A new trace that begins here. */
export function startTrace(): Trace {
  return { traceId: hex(16), spanId: hex(8), sampled: true };
}

/** The next step of the same trace. */
export function childTrace(parent: Trace): Trace {
  return { ...parent, spanId: hex(8) };
}

/** What a `traceparent` header says; null where there is none or it is not valid (a new trace begins then). Versions to come are read as the specification asks. */
export function parseTraceparent(header: unknown): Trace | null {
  if (typeof header !== 'string' || header.length > 512) return null;
  const match = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/.exec(header.trim());
  if (!match) return null;
  const [, version, traceId = '', spanId = '', flags = '', rest] = match;
  if (version === 'ff' || (version === '00' && rest !== undefined)) return null;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return null;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

/** The `traceparent` header that hands this place on. */
export function formatTraceparent({ traceId, spanId, sampled }: Trace): string {
  return `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;
}

/** A step within the trace that the header names, or within a new one. */
export function continueTrace(header: unknown): Trace {
  const parent = parseTraceparent(header);
  return parent ? childTrace(parent) : startTrace();
}

const current = new AsyncLocalStorage<Trace>();

/** Runs `work` as part of the trace: what it logs carries the trace's id, and the messages it appends to the outbox hand the trace on. */
export function runInTrace<T>(trace: Trace, work: () => T): T {
  return current.run(trace, work);
}

export function currentTrace(): Trace | null {
  return current.getStore() ?? null;
}

/** The `traceparent` of the work in hand; null outside of any. */
export function currentTraceparent(): string | null {
  const trace = currentTrace();
  return trace && formatTraceparent(trace);
}

/** The `traceparent` of a trace that begins here. */
export function newTraceparent(): string {
  return formatTraceparent(startTrace());
}
