import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '@comptoir/local/places.ts';

/** A change of one of our modules that is made while a process of a fault test loads it; the file stays as it is. */
export interface SourceChange {
  /** Path of the module from the root of the clone. */
  readonly module: string;
  /** What is replaced; occurs exactly once in the module. */
  readonly text: string;
  readonly replacement: string;
}

export const pathOf = ({ module }: SourceChange) => path.join(root, module);
export const urlOf = (change: SourceChange) => pathToFileURL(pathOf(change)).href;

/** @throws Error where the text occurs never or more than once: the module has been rewritten, and the change has to be as well. */
export function changeSource(source: string, { module, text, replacement }: SourceChange): string {
  const occurrences = source.split(text).length - 1;
  if (occurrences !== 1) throw new Error(`${module} has the text of a change ${occurrences} times instead of once:\n${text}`);
  return source.replace(text, () => replacement);
}

/** The modules as a process loads them, by path. @throws Error where a change does not fit. */
export function changedSources(changes: readonly SourceChange[]): Map<string, string> {
  const sources = new Map<string, string>();
  for (const change of changes) {
    const file = pathOf(change);
    sources.set(file, changeSource(sources.get(file) ?? readFileSync(file, 'utf8'), change));
  }
  return sources;
}
