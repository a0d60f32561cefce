import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of the running test's own, deleted with all that is in it once the test has finished. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-folder-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
