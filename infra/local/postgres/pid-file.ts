import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

export interface PidFile {
  readonly pid: number;
  readonly port: number;
  /** Such as starting, ready, stopping. */
  readonly status: string;
  readonly writtenAtMs: number;
}

/** What a running (or killed) server has written into its data folder; null where there is nothing whole. */
export function readPidFile(data: string): PidFile | null {
  const file = path.join(data, 'postmaster.pid');
  try {
    return parsePidFile(readFileSync(file, 'utf8'), statSync(file).mtimeMs);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Lines: process number, data folder, start time, port, socket folder, address, shared memory, status. */
export function parsePidFile(text: string, writtenAtMs: number): PidFile | null {
  const lines = text.split('\n').map((line) => line.trim());
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!Number.isInteger(pid) || pid <= 0 || !Number.isInteger(port) || port <= 0) return null;
  return { pid, port, status: lines[7] || 'starting', writtenAtMs };
}
