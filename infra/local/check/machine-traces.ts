import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../places.ts';
import { repositoryFiles } from './tracked-files.ts';

const largestBytes = 2 * 1024 * 1024;

/** Written so that this file is not one of its own findings. */
const patterns: readonly RegExp[] = [
  /(?<![\w.~-])\/(?:home|Users)\/[a-z][\w.-]*\//,
  /(?<![\w.])[a-z]:\\+Users\\/i,
  /\bregistry\.(?:npmjs|yarnpkg)\b/,
];

/** Places of one machine, and hosts that packages were fetched from, in files that everybody gets. */
export async function findMachineTraces(): Promise<string[]> {
  const own = [root, os.homedir()].filter((place) => place.length > 5);
  return (await repositoryFiles()).flatMap((file) => {
    const content = readFileSync(path.join(root, file));
    return content.length > largestBytes || content.includes(0) ? [] : tracesIn(file, content.toString(), own);
  });
}

export function tracesIn(file: string, text: string, ownPlaces: readonly string[]): string[] {
  return text.split('\n').flatMap((line, index) => {
    const found =
      ownPlaces.find((place) => line.includes(`${place}/`)) ??
      patterns.map((pattern) => pattern.exec(line)?.[0]).find((hit) => hit !== undefined);
    return found === undefined ? [] : [`${file}:${index + 1}: names ${found}`];
  });
}
