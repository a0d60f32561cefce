export interface Import {
  readonly specifier: string;
  readonly line: number;
}

const statement = /^\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

/** What a module imports, static and dynamic, where the specifier is written out. */
export function importsOf(source: string): Import[] {
  return [...source.matchAll(statement)].map((match) => ({
    specifier: match[1] ?? match[2] ?? match[3] ?? '',
    line: lineOf(source, match.index + match[0].length),
  }));
}

function lineOf(source: string, index: number): number {
  return source.slice(0, index).split('\n').length;
}

/** `@scope/name` or `name` of a bare specifier; undefined for relative ones and Node's own. */
export function packageOf(specifier: string): string | undefined {
  if (specifier.startsWith('.') || specifier.startsWith('/') || specifier.startsWith('node:')) return undefined;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
