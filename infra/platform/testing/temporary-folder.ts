import { rmSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { ownFolder } from './own-folder.ts';

/** A folder of the running test's own, deleted with all that is in it once the test has finished. */
export function temporaryFolder(): string {
  const folder = ownFolder('folder');
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
