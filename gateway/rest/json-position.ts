const blank = /[ \t\n\r]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what JSON forbids in a string.
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
 * Where a text stops being JSON: the index of the first character that no JSON text can have there, or its length where it only breaks off.
 * JSON.parse tells it for some faults only. To be asked after JSON.parse has refused the text.
 */
export function jsonFaultPosition(text: string): number {
  const open: ('}' | ']')[] = [];
  let expected: 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma' = 'value';
  let at = 0;
  const skip = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0].length ?? 0;
    at += found;
    return found > 0;
  };
  for (;;) {
    skip(blank);
    const char = text[at];
    if (char === undefined) return at;
    if (expected === 'colon') {
      if (char !== ':') return at;
      at += 1;
      expected = 'value';
    } else if (expected === 'comma') {
      const close = open.at(-1);
      if (char === close) open.pop();
      else if (char === ',' && close) expected = close === '}' ? 'key' : 'value';
      else return at;
      at += 1;
    } else if (char === '}' && expected === 'key or }') {
      open.pop();
      at += 1;
      expected = 'comma';
    } else if (expected === 'key' || expected === 'key or }') {
      if (!skip(string)) return at;
      expected = 'colon';
    } else if (char === ']' && expected === 'value or ]') {
      open.pop();
      at += 1;
      expected = 'comma';
    } else if (char === '{' || char === '[') {
      open.push(char === '{' ? '}' : ']');
      at += 1;
      expected = char === '{' ? 'key or }' : 'value or ]';
    } else {
      if (!skip(string) && !skip(scalar)) return at;
      expected = 'comma';
    }
  }
}
