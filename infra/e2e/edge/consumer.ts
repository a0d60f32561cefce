import { ask } from '../graph.ts';

/** A consumer of its own with so many requests a minute, and its key. */
export async function newConsumer(url: string, { name, perMinute }: { name: string; perMinute: number }): Promise<string> {
  const created = await ask(
    url,
    'mutation ($input: CreateConsumerInput!) { createConsumer(input: $input) { ... on ConsumerCreated { consumer { id } } } }',
    { input: { name, roles: ['ADMIN'], perMinute, perHour: perMinute * 60 } },
  );
  const issued = await ask(url, 'mutation ($input: IssueApiKeyInput!) { issueApiKey(input: $input) { ... on ApiKeyIssued { secret } } }', {
    input: { consumerId: created.data?.createConsumer.consumer.id, label: 'tests' },
  });
  const secret: unknown = issued.data?.issueApiKey.secret;
  if (typeof secret !== 'string') throw new Error(`no key for ${name}: ${JSON.stringify([created, issued])}`);
  return secret;
}
