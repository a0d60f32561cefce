import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeJsonFault, jsonFaultAt } from './json-fault.ts';

describe('the place where a text stops being JSON', () => {
  it.each([
    ['{"a":x}', 5],
    ['{"a":1,}', 7],
    ['{"a" 1}', 5],
    ['[1 2]', 3],
    ['01', 1],
    ['[1,2', 4],
    ['{', 1],
    ['', 0],
    ['nul', 0],
    ['{"a":"b\u0001"}', 5],
    ['{} x', 3],
  ])('in %j is %i', (text, at) => {
    expect(jsonFaultAt(text)).toBe(at);
  });

  it('is told with line and column', () => {
    expect(describeJsonFault('{\n  "a": x\n}')).toBe('The body is not JSON: fault at position 9 (line 2, column 8).');
    expect(describeJsonFault('{"a"')).toBe('The body is not JSON: it ends too early, at position 4 (line 1, column 5).');
  });

  it('is nowhere in what JSON.parse takes, and somewhere in anything else', () => {
    const nearlyJson = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', '"', '\\', ' ', '1', '{', '\u2028', '\n'))
      .map(([text, at, put]) => text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + 1));
    fc.assert(
      fc.property(fc.oneof(fc.json(), nearlyJson), (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(jsonFaultAt(text) === null).toBe(valid);
      }),
      { numRuns: 2_000 },
    );
  });
});
