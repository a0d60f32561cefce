import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes an empty folder among the temporary ones, which whoever asks for it deletes. It is named after this process, so that the next run of the tests knows it for a
 * leftover once the process was killed.
 */
export function ownFolder(what: string): string {
  return mkdtempSync(join(tmpdir(), `comptoir-${process.pid}-${what}-`));
}
