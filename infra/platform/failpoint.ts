import { z } from 'zod';

interface Armed {
  readonly name: string;
  readonly words: readonly string[];
  left: number;
}

let armed: Armed | null = null;

/** How a failpoint is armed, for every process that has some. */
export const failpointConfig = {
  FAILPOINT: z
    .string()
    .regex(/^[a-z.]+(@[\w.-]+)*(:[1-9]\d*)?$/)
    .optional()
    .describe('for fault tests: where the process is to die, as name, name@word@… or either with :n, default nowhere'),
};

/**
 * Arms a failpoint, for fault tests only: the process dies like by kill -9 when it comes by there. `name@word@…`: only where what is at hand there contains every
 * one of the words, such as the id of a saga; `:n`: not before the nth time.
 */
export function armFailpoint(spec: string | undefined): void {
  const [place = '', times = '1'] = spec?.split(':') ?? [];
  const [name = '', ...words] = place.split('@');
  armed = name === '' ? null : { name, words, left: Number(times) };
}

/** A place, named `who.what.when`, at which a crash has to do no harm. Does nothing unless it is armed; `about` is what is at hand, and is not looked at before. */
export function failpoint(name: string, about?: unknown): void {
  if (armed?.name !== name) return;
  const text = armed.words.length === 0 ? '' : JSON.stringify(about ?? null);
  if (!armed.words.every((word) => text.includes(word))) return;
  armed.left -= 1;
  if (armed.left === 0) process.kill(process.pid, 'SIGKILL');
}
