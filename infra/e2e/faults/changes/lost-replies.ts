import type { SourceChange } from './source-change.ts';

const interposer = new URL('./interposer.ts', import.meta.url).href;
const module = 'infra/platform/broker/consumption.ts';
const hand = 'if (message) return deliver(channel, message, () => closed !== null);';

/** Replies of participants get lost between the broker and the orchestrator. */
export const changes: readonly SourceChange[] = [
  {
    module,
    text: "import type { Channel, ConsumeMessage } from 'amqplib';\n",
    replacement: `import type { Channel, ConsumeMessage } from 'amqplib';\nimport { isLost } from '${interposer}';\n`,
  },
  { module, text: hand, replacement: `if (message && isLost(queue, message)) return channel.ack(message);\n${hand}` },
];
