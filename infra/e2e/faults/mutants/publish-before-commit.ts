import type { SourceChange } from '../changes/source-change.ts';

/** Messages go to the broker when they are written, not when they are committed: what is rolled back has been told. */
export const changes: readonly SourceChange[] = [
  {
    module: 'infra/platform/relay.ts',
    text: '    async start() {\n      if (running) return;\n',
    replacement: `    async start() {
      if (running) return;
      globalThis.publishAtOnce = (message) => link.publish(message);\n`,
  },
  {
    module: 'infra/platform/outbox.ts',
    text: `  gather(em, messages);
}

/** Like appendToOutbox`,
    replacement: `  gather(em, messages);
  for (const { exchange, routingKey, type, payload, messageId, correlationId, mandatory } of messages)
    await globalThis.publishAtOnce({
      exchange, routingKey, mandatory, content: Buffer.from(JSON.stringify(payload)), properties: { type, messageId, correlationId },
    });
}

/** Like appendToOutbox`,
  },
];
