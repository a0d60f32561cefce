import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { UsageError } from '../failure.ts';

interface Question {
  readonly text: string;
  /** What is typed does not show. */
  readonly secret?: boolean;
  /** What to do where there is no terminal to ask at. */
  readonly otherwise: string;
}

/** Asks at the terminal; standard output stays clean for scripts. @throws UsageError where there is no terminal, or no answer. */
export async function askPerson({ text, secret = false, otherwise }: Question): Promise<string> {
  if (!process.stdin.isTTY) throw new UsageError([otherwise]);
  const output = secret ? new Writable({ write: (_chunk, _encoding, done) => done() }) : process.stderr;
  const terminal = createInterface({ input: process.stdin, output, terminal: true });
  const gone = new AbortController();
  for (const event of ['SIGINT', 'close'] as const) terminal.once(event, () => gone.abort());
  if (secret) process.stderr.write(text);
  try {
    const answer = await terminal.question(secret ? '' : text, { signal: gone.signal });
    if (answer.trim() !== '') return answer;
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error;
  } finally {
    if (secret) process.stderr.write('\n');
    terminal.close();
  }
  throw new UsageError([`No answer to "${text.trim()}"`]);
}
