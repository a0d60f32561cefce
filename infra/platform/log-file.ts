import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface LogFileConfig {
  /** Made where it is missing. */
  readonly directory: string;
  /** What the files' names begin with: `<name>_2026-11-29.log`, then `<name>_2026-11-29.1.log` and so on. Days are those of UTC, as the lines' times are. */
  readonly name: string;
  /** A file that would get larger is followed by the next one. Default: 10 MB. */
  readonly maxBytes?: number;
  /** How many files of this name are kept, of any day. Default: 10. */
  readonly keep?: number;
  /** How long a line may wait for others before they are written together. Default: 200 ms; 0: each is written at once. */
  readonly delayMs?: number;
}

export interface LogFileDeps {
  /** Lines cannot be written. Told once, until they can again. */
  onFault(error: unknown): void;
  /** They can again; `lost` were given up meanwhile. */
  onBack(lost: number): void;
  now?: () => number;
}

export interface LogFile {
  /** Takes one line with its end. Never throws: what cannot be written waits, as much as may, and is given up then. */
  write(line: string): void;
  flush(): void;
  close(): void;
}

const dayMs = 86_400_000;
/** In one write: others write to the file, too, and only a write as a whole is never mixed with theirs. */
const chunkBytes = 65_536;
/** What waits for a full disk to have room again. */
const maxWaitingBytes = 1_048_576;
const retryMs = 1_000;

/** Those that may hold lines when the process ends. */
const unwritten = new Set<LogFile>();
let writtenAtExit = false;

function writeAtExit(): void {
  for (const file of unwritten) file.flush();
}

/**
 * A file a day, and more where it gets large, that any number of processes of one machine append whole lines to. No file is ever renamed: whoever finds it full goes
 * on in the one with the next number, so that nobody writes to what another has just moved. (Libraries that rotate files expect to be the only one who writes.)
 */
export function createLogFile(config: LogFileConfig, { onFault, onBack, now = Date.now }: LogFileDeps): LogFile {
  const { directory, name, maxBytes = 10_000_000, keep = 10, delayMs = 200 } = config;
  const waiting: string[] = [];
  let waitingBytes = 0;
  /** The day of what waits. */
  let waitingDate = '';
  let lost = 0;
  let failing = false;
  let flushing = false;
  /** A line was cut off by a full disk: the next one must not go on in it. */
  let torn = false;
  let timer: NodeJS.Timeout | undefined;
  let today = { number: Number.NaN, date: '' };
  let current: { fd: number; path: string; inode: number; date: string } | null = null;

  function date(): string {
    const number = Math.floor(now() / dayMs);
    if (number !== today.number) today = { number, date: new Date(number * dayMs).toISOString().slice(0, 10) };
    return today.date;
  }

  function leave(): void {
    if (current) closeSync(current.fd);
    current = null;
  }

  /** The open file that has room; another one where it was deleted, where it is full and where the day has changed. */
  function fileFor(date: string, bytes: number): number {
    if (current?.date === date) {
      const found = statSync(current.path, { throwIfNoEntry: false });
      if (found?.ino === current.inode && (found.size === 0 || found.size + bytes <= maxBytes)) return current.fd;
    }
    leave();
    mkdirSync(directory, { recursive: true });
    const files = logFilesOf(directory, name);
    const newest = files.findLast((file) => file.date === date);
    let number = newest?.number ?? 0;
    const size = newest ? (statSync(join(directory, newest.file), { throwIfNoEntry: false })?.size ?? 0) : 0;
    if (size > 0 && size + bytes > maxBytes) number++;
    const path = join(directory, `${name}_${date}${number === 0 ? '' : `.${number}`}.log`);
    const fd = openSync(path, 'a', 0o640);
    current = { fd, path, inode: fstatSync(fd).ino, date };
    for (const { file } of logFilesOf(directory, name).slice(0, -keep)) forget(join(directory, file));
    return fd;
  }

  /** Writes the first lines that wait, as many as go into one write. */
  function writeSome(): void {
    const room = Math.min(chunkBytes, maxBytes);
    let text = torn ? '\n' : '';
    let count = 0;
    for (const line of waiting) {
      if (count > 0 && text.length + line.length > room) break;
      text += line;
      count++;
    }
    const bytes = Buffer.from(text);
    const { written, fault } = append(fileFor(waitingDate, bytes.length), bytes);
    if (fault === undefined) torn = false;
    else if (written > 0) {
      const told = bytes.subarray(0, written).toString();
      const whole = told.split('\n').length - 1 - (torn ? 1 : 0);
      torn = !told.endsWith('\n');
      count = whole + (torn ? 1 : 0);
      lost += torn ? 1 : 0;
    } else count = 0;
    for (const line of waiting.splice(0, count)) waitingBytes -= line.length;
    if (fault !== undefined) throw fault;
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (flushing || waiting.length === 0) return;
    flushing = true;
    try {
      while (waiting.length > 0) writeSome();
      if (failing) {
        failing = false;
        onBack(lost);
        lost = 0;
      }
    } catch (error) {
      leave();
      if (!failing) {
        failing = true;
        onFault(error);
      }
      timer ??= setTimeout(flush, retryMs).unref();
    } finally {
      flushing = false;
    }
  }

  const file: LogFile = {
    write(line) {
      if (waiting.length > 0 && date() !== waitingDate) flush();
      if (waiting.length === 0) waitingDate = date();
      if (waitingBytes + line.length > maxWaitingBytes) {
        lost++;
        return;
      }
      waiting.push(line);
      waitingBytes += line.length;
      if (failing) return;
      if (delayMs === 0 || waitingBytes >= chunkBytes) flush();
      else timer ??= setTimeout(flush, delayMs).unref();
    },
    flush,
    close() {
      flush();
      clearTimeout(timer);
      leave();
      unwritten.delete(file);
    },
  };
  unwritten.add(file);
  if (!writtenAtExit) process.once('exit', writeAtExit);
  writtenAtExit = true;
  return file;
}

/** How much of it was written, and why not more. */
function append(fd: number, bytes: Buffer): { written: number; fault?: unknown } {
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(fd, bytes, written);
    return { written };
  } catch (fault) {
    return { written, fault };
  }
}

/** The files of one name, oldest first. */
function logFilesOf(directory: string, name: string): { file: string; date: string; number: number }[] {
  return readdirSync(directory)
    .flatMap((file) => {
      const match = /^(.+)_(\d{4}-\d\d-\d\d)(?:\.(\d+))?\.log$/.exec(file);
      return match?.[1] === name ? [{ file, date: match[2]!, number: Number(match[3] ?? 0) }] : [];
    })
    .sort((a, b) => (a.date === b.date ? a.number - b.number : a.date < b.date ? -1 : 1));
}

/** Another process may have been faster. */
function forget(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
