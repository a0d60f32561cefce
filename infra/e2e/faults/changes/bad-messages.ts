import type { SourceChange } from './source-change.ts';

const receive = "for (const { message } of items) failpoint('consumer.message.received', message.body);";

/** How long a process is at work on the message that kills it; what comes again beside it is handled meanwhile. */
const workMs = 2_000;

/** Whoever handles the message of the id `throwing` fails, every time; of `deadly` he dies, as of one that takes all of the memory. */
export const changes: readonly SourceChange[] = [
  {
    module: 'infra/platform/broker/batch-consumer.ts',
    text: receive,
    replacement: `${receive}
    if (items.some(({ message }) => message.messageId === 'throwing')) throw new Error('it always fails');
    if (items.some(({ message }) => message.messageId === 'deadly')) await new Promise(() => setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${workMs}));`,
  },
];
