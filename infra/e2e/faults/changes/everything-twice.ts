import type { SourceChange } from './source-change.ts';

const interposer = new URL('./interposer.ts', import.meta.url).href;
const call = 'writable = open.publish(exchange, routingKey, content, options,';

/** Whatever a process publishes, commands, replies and events, it publishes two to five times. */
export const changes: readonly SourceChange[] = [
  {
    module: 'infra/platform/broker/publisher.ts',
    text: "import { randomUUID } from 'node:crypto';\n",
    replacement: `import { randomUUID } from 'node:crypto';\nimport { copiesOf } from '${interposer}';\n`,
  },
  {
    module: 'infra/platform/broker/publisher.ts',
    text: call,
    replacement: `for (let copies = copiesOf(messageId); copies > 0; copies--) open.publish(exchange, routingKey, content, options);\n${call}`,
  },
];
