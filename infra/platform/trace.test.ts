import { describe, expect, it } from 'vitest';
import { continueTrace, formatTraceparent, parseTraceparent, startTrace } from './trace.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const header = `00-${traceId}-b7ad6b7169203331-01`;

describe('traceparent', () => {
  it('comes out of parsing as it went in', () => {
    expect(parseTraceparent(header)).toEqual({ traceId, spanId: 'b7ad6b7169203331', sampled: true });
    expect(formatTraceparent(parseTraceparent(header) ?? startTrace())).toBe(header);
  });

  it('of a version to come is read', () => {
    expect(parseTraceparent(`cc${header.slice(2)}-what-else`)).toMatchObject({ traceId });
  });

  it.each([
    undefined,
    42,
    '',
    header.toUpperCase(),
    `ff${header.slice(2)}`,
    `${header}-more`,
    `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `00-${traceId}-b7ad6b7169203331`,
    `00-${traceId}-b7ad6b7169203331-01${'-x'.repeat(500)}`,
  ])('is refused when it is %j', (value) => {
    expect(parseTraceparent(value)).toBeNull();
  });

  it('that can be read is continued by a new step of the same trace; another begins a new one', () => {
    const next = continueTrace(header);
    expect(next.traceId).toBe(traceId);
    expect(next.spanId).not.toBe('b7ad6b7169203331');
    expect(continueTrace('rubbish').traceId).not.toBe(traceId);
  });
});
