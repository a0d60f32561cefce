const narrow = '\u202f';
const noBreak = '\u00a0';

/** A text as French prints it: a sign stays on the line of the word it belongs to. */
export const spaced = (text: string): string =>
  text
    .replace(/ ([?!;])/g, `${narrow}$1`)
    .replace(/ ([:»])/g, `${noBreak}$1`)
    .replace(/« /g, `«${noBreak}`)
    .replace(/([Nn]°) /g, `$1${noBreak}`);

/** The same for all words of a language, also for those that are made when they are needed; whoever writes them types plain spaces. */
export function withSpacing<T>(words: T): T {
  if (typeof words === 'string') return spaced(words) as T;
  if (typeof words === 'function') return ((...given: unknown[]) => withSpacing(words(...given))) as T;
  if (typeof words !== 'object' || words === null) return words;
  if (Array.isArray(words)) return words.map(withSpacing) as T;
  return Object.fromEntries(Object.entries(words).map(([name, value]) => [name, withSpacing(value)])) as T;
}
