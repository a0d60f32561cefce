import type { SourceChange } from './source-change.ts';

const interposer = new URL('./interposer.ts', import.meta.url).href;
const module = 'infra/platform/broker/consumption.ts';
const prefetch = 'channel.prefetch(prefetch)';
const hand = 'if (message) return deliver(channel, message, () => closed !== null);';

/** Messages come late and out of order. Many are under way at once, so that those that wait hold no others up. */
export const changes: readonly SourceChange[] = [
  {
    module,
    text: "import type { Channel, ConsumeMessage } from 'amqplib';\n",
    replacement: `import type { Channel, ConsumeMessage } from 'amqplib';\nimport { handLater } from '${interposer}';\n`,
  },
  { module, text: prefetch, replacement: 'channel.prefetch(prefetch * 50)' },
  { module, text: hand, replacement: 'if (message) return handLater(message, () => deliver(channel, message, () => closed !== null));' },
];
