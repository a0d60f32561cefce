import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Data, Stack } from './stack.ts';

/** What a part has logged of an event, with its fields. */
export function logged(stack: Stack, part: string, event: string): Data[] {
  const lines = readFileSync(path.join(stack.logFolder, `${part}.log`), 'utf8').split('\n');
  return lines.filter((line) => line.includes(`"event":"${event}"`)).map((line) => JSON.parse(line));
}
