import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';

const largestBytes = 10 * 1024 * 1024;
const keptLines = 20;

export interface LogFile {
  readonly path: string;
  write(line: string): void;
  /** The last lines written, at most twenty. */
  tail(): readonly string[];
  close(): void;
}

/** Appends lines to a file; at 10 MB the file becomes `<name>.1` and a new one begins. */
export function openLogFile(file: string): LogFile {
  mkdirSync(path.dirname(file), { recursive: true });
  let descriptor = openSync(file, 'a', 0o600);
  let bytes = statSync(file).size;
  const last: string[] = [];

  function write(line: string): void {
    last.push(line);
    if (last.length > keptLines) last.shift();
    if (bytes > largestBytes) {
      closeSync(descriptor);
      renameSync(file, `${file}.1`);
      descriptor = openSync(file, 'a', 0o600);
      bytes = 0;
    }
    bytes += writeSync(descriptor, `${line}\n`);
  }

  return { path: file, write, tail: () => [...last], close: () => closeSync(descriptor) };
}
