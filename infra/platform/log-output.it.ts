import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const logModule = fileURLToPath(new URL('./log.ts', import.meta.url));

/** What a process writes that has this to do with its log, and how it ended. */
async function run(work: string): Promise<{ messages: string[]; code: number | null; signal: string | null }> {
  const script = `import { createLog } from ${JSON.stringify(logModule)};
    const log = createLog({ service: 'test', format: 'json' });
    ${work}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const [code, signal] = await once(child, 'close');
  const messages = output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { msg: string }).msg);
  return { messages, code, signal };
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}`);

describe('standard output', () => {
  it('has every line, in order, however many of one turn', async () => {
    const { messages } = await run('for (let line = 0; line < 5_000; line++) log.info("line " + line);');
    expect(messages).toEqual(numbered(5_000));
  });

  it('has the lines of a turn that ends the process', async () => {
    const { messages, code } = await run('log.info("line 0"); log.info("line 1"); process.exit(3);');
    expect([messages, code]).toEqual([numbered(2), 3]);
  });

  it('has the lines before a fault that nobody caught', async () => {
    const { messages, code } = await run('log.info("line 0"); throw new Error("uncaught");');
    expect([messages, code]).toEqual([numbered(1), 1]);
  });

  it.each(['warn', 'error', 'fatal'])('has a line of the level %s, and those before it, although the process is killed', async (level) => {
    const { messages, signal } = await run(`log.info("line 0"); log.${level}("line 1"); process.kill(process.pid, 'SIGKILL');`);
    expect([messages, signal]).toEqual([numbered(2), 'SIGKILL']);
  });

  it('has a line as soon as its turn is over', async () => {
    const { messages } = await run(`log.info("line 0"); setTimeout(() => process.kill(process.pid, 'SIGKILL'), 50);`);
    expect(messages).toEqual(numbered(1));
  });
});
