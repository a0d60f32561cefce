import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLogFile, type LogFileConfig } from './log-file.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const morning = Date.parse('2026-11-29T08:00:00Z');

function setUp(config: Partial<Omit<LogFileConfig, 'directory'>> = {}) {
  const directory = join(temporaryFolder(), 'logs');
  const told: string[] = [];
  let now = morning;
  const file = createLogFile(
    { name: 'api', delayMs: 0, ...config, directory },
    {
      onFault: (error) => told.push(`fault ${(error as NodeJS.ErrnoException).code}`),
      onBack: (lost) => told.push(`back, ${lost} lost`),
      now: () => now,
    },
  );
  onTestFinished(() => file.close());
  return {
    directory,
    file,
    told,
    later: (ms: number) => {
      now += ms;
    },
    names: () => readdirSync(directory).sort(),
    read: (name: string) => readFileSync(join(directory, name), 'utf8'),
  };
}

const day = 24 * 3_600_000;
const line = (n: number) => `${JSON.stringify({ n })}\n`;

describe('a log file', () => {
  it('is made with its folder, and appended to by the next process', () => {
    const { file, directory, read } = setUp();
    file.write(line(1));
    file.close();
    const next = createLogFile(
      { directory, name: 'api', delayMs: 0 },
      { onFault: () => undefined, onBack: () => undefined, now: () => morning },
    );
    next.write(line(2));
    next.close();
    expect(read('api_2026-11-29.log')).toBe(line(1) + line(2));
  });

  it('is followed by the next number before it gets too large', () => {
    const { file, names, directory, read } = setUp({ maxBytes: 30 });
    for (let n = 0; n < 9; n++) file.write(line(n));
    expect(names()).toEqual(['api_2026-11-29.1.log', 'api_2026-11-29.2.log', 'api_2026-11-29.log']);
    for (const name of names()) expect(statSync(join(directory, name)).size).toBeLessThanOrEqual(30);
    expect(read('api_2026-11-29.log')).toBe(line(0) + line(1) + line(2));
    expect(read('api_2026-11-29.2.log')).toBe(line(6) + line(7) + line(8));
  });

  it('takes a line that is larger than a file may be into a file of its own', () => {
    const { file, names } = setUp({ maxBytes: 10 });
    for (const text of ['a', 'b'.repeat(50), 'c']) file.write(`${text}\n`);
    expect(names()).toHaveLength(3);
  });

  it('begins anew with each day, and lines that waited at midnight stay where they belong', () => {
    const { file, names, read, later } = setUp({ delayMs: 60_000 });
    file.write(line(1));
    file.flush();
    file.write(line(2));
    later(day);
    file.write(line(3));
    file.flush();
    expect(names()).toEqual(['api_2026-11-29.log', 'api_2026-11-30.log']);
    expect([read('api_2026-11-29.log'), read('api_2026-11-30.log')]).toEqual([line(1) + line(2), line(3)]);
  });

  it('keeps the newest files, and leaves those of other names alone', () => {
    const { file, names, later, directory } = setUp({ keep: 3, maxBytes: 10 });
    file.write(line(0));
    for (const other of ['errors_2026-01-01.log', 'api_notes.log', 'api_2026-01-01.log.gz']) writeFileSync(join(directory, other), '');
    for (let n = 1; n < 12; n++) file.write(line(n));
    expect(names().filter((name) => /^api_2026-11/.test(name))).toEqual([9, 10, 11].map((n) => `api_2026-11-29.${n}.log`).sort());
    later(day);
    file.write(line(12));
    expect(names()).toEqual(
      [
        'api_2026-01-01.log.gz',
        'api_2026-11-29.10.log',
        'api_2026-11-29.11.log',
        'api_2026-11-30.log',
        'api_notes.log',
        'errors_2026-01-01.log',
      ].sort(),
    );
  });

  it('is made again where it, or its folder, was deleted', () => {
    const { file, directory, read, told } = setUp();
    file.write(line(1));
    unlinkSync(join(directory, 'api_2026-11-29.log'));
    file.write(line(2));
    expect(read('api_2026-11-29.log')).toBe(line(2));
    rmSync(directory, { recursive: true });
    file.write(line(3));
    expect([read('api_2026-11-29.log'), told]).toEqual([line(3), []]);
  });

  it('tells once that its folder cannot be used, keeps its lines for when it can, and then how many it had to give up', () => {
    const { file, directory, told, read } = setUp();
    writeFileSync(directory, 'a file, where the folder is to be');
    for (let n = 0; n < 3; n++) file.write(line(n));
    file.flush();
    expect(told).toEqual(['fault EEXIST']);
    for (let n = 0; n < 11; n++) file.write(`${'x'.repeat(99_999)}\n`);
    rmSync(directory);
    file.flush();
    expect(told).toEqual(['fault EEXIST', 'back, 1 lost']);
    expect(read('api_2026-11-29.log')).toMatch(/^\{"n":0\}\n\{"n":1\}\n\{"n":2\}\n(x{99999}\n){10}$/);
  });

  it.skipIf(!existsSync('/dev/full'))('outlives a disk without room, and says so once', () => {
    const { file, told, directory, read } = setUp();
    file.write(line(0));
    rmSync(join(directory, 'api_2026-11-29.log'));
    symlinkSync('/dev/full', join(directory, 'api_2026-11-29.log'));
    for (let n = 1; n < 4; n++) file.write(line(n));
    file.flush();
    expect(told).toEqual(['fault ENOSPC']);
    rmSync(join(directory, 'api_2026-11-29.log'));
    file.flush();
    expect([told, read('api_2026-11-29.log')]).toEqual([['fault ENOSPC', 'back, 0 lost'], line(1) + line(2) + line(3)]);
  });

  it('is shared by several processes: each line is there once and whole, whichever file it came into', async () => {
    const { directory, names, read } = setUp();
    const program = `
      import { createLogFile } from ${JSON.stringify(new URL('./log-file.ts', import.meta.url).href)};
      const fault = (error) => { throw error; };
      const file = createLogFile({ directory: process.argv[1], name: 'api', maxBytes: 40_000, keep: 1_000 }, { onFault: fault, onBack: () => undefined });
      for (let n = 0; n < 2_000; n++) {
        file.write(JSON.stringify({ pid: process.pid, n, text: 'x'.repeat(n % 200) }) + '\\n');
        if (n % 50 === 49) await new Promise(setImmediate);
        if (n % 70 === 0) file.flush();
      }`;
    const processes = Array.from({ length: 4 }, () =>
      spawn(process.execPath, ['--no-warnings', '--input-type=module', '--eval', program, directory], { stdio: 'inherit' }),
    );
    expect(await Promise.all(processes.map((child) => once(child, 'exit')))).toEqual(processes.map(() => [0, null]));
    const lines = names().flatMap((name) => read(name).trimEnd().split('\n'));
    const seen = new Set(lines.map((text) => (({ pid, n }: { pid: number; n: number }) => `${pid} ${n}`)(JSON.parse(text))));
    expect([lines.length, seen.size]).toEqual([8_000, 8_000]);
    expect(names().length).toBeGreaterThan(20);
  }, 60_000);
});
