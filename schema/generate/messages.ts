import { compile, type JSONSchema } from 'json-schema-to-typescript';
import type { GeneratedFile } from '../generated-files.ts';
import { messageSchemas } from '../message-schemas.ts';

/** A TypeScript type per message schema, and the map from a message's type to it. */
export async function messageTypes(): Promise<GeneratedFile[]> {
  const parts: string[] = [];
  const entries: string[] = [];
  for (const [type, schema] of messageSchemas) {
    parts.push(await compile(schema as JSONSchema, type, { bannerComment: '', unknownAny: true, format: false }));
    entries.push(`  ${JSON.stringify(type)}: ${(schema as { title: string }).title};`);
  }
  const header = '// Generated from schema/messages by schema/generate.ts.\n';
  return [
    {
      path: 'schema/generated/messages.ts',
      content: `${header}${parts.join('\n')}\n/** The body of every message, by its type. */\nexport interface MessageTypes {\n${entries.join('\n')}\n}\n`,
    },
  ];
}
