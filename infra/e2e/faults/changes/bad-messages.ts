import type { SourceChange } from './source-change.ts';

const parse = 'const message = parseMessage(type as Type, delivery);';

/** How long a process is at work on the message that kills it; its neighbours are handled meanwhile. */
const workMs = 2_000;

/** Whoever handles the message of the id `throwing` fails, every time; of `deadly` he dies, as of one that takes all of the memory. */
export const changes: readonly SourceChange[] = [
  {
    module: 'infra/platform/broker/mixed-consumer.ts',
    text: parse,
    replacement: `${parse}
      if (message.messageId === 'throwing') return { message, handle: () => Promise.reject(new Error('it always fails')) };
      if (message.messageId === 'deadly') return { message, handle: () => new Promise(() => setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${workMs})) };`,
  },
];
