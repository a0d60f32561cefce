const whitespace = /[ \t\n\r]*/y;
const scalar =
  /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy;
const key = /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;

/**
 * Where a text stops being JSON: the index of the first character that does not fit, or the text's length where it ends too early; null where it is
 * JSON. (JSON.parse names the place only for some faults.) A faulty string or number is named by its beginning.
 */
export function jsonFaultAt(text: string): number | null {
  const open: ('{' | '[')[] = [];
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const takeCharacter = (character: string): boolean => {
    take(whitespace);
    if (text[at] !== character) return false;
    at++;
    return true;
  };
  const takeKey = (): boolean => {
    take(whitespace);
    return take(key) && takeCharacter(':');
  };

  let expectValue = true;
  for (;;) {
    take(whitespace);
    if (expectValue) {
      if (text[at] === '{' || text[at] === '[') {
        open.push(text[at] as '{' | '[');
        at++;
        const closer = open.at(-1) === '{' ? '}' : ']';
        if (takeCharacter(closer)) {
          open.pop();
          expectValue = false;
        } else if (closer === '}' && !takeKey()) return at;
      } else if (take(scalar)) expectValue = false;
      else return at;
      continue;
    }
    const innermost = open.at(-1);
    if (innermost === undefined) return at === text.length ? null : at;
    if (takeCharacter(innermost === '{' ? '}' : ']')) open.pop();
    else if (takeCharacter(',')) {
      if (innermost === '{' && !takeKey()) return at;
      expectValue = true;
    } else return at;
  }
}

/** The same in words, with line and column for a person. */
export function describeJsonFault(text: string): string {
  if (text.length === 0) return 'The body is empty; it must be JSON.';
  const at = jsonFaultAt(text);
  if (at === null) return 'The body holds a key that is not allowed (__proto__ or constructor).';
  const before = text.slice(0, at).split('\n');
  const place = `position ${at} (line ${before.length}, column ${(before.at(-1) ?? '').length + 1})`;
  return at >= text.length ? `The body is not JSON: it ends too early, at ${place}.` : `The body is not JSON: fault at ${place}.`;
}
