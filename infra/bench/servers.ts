import { startTestServers } from '@comptoir/local/test-servers.ts';

/** A private PostgreSQL and RabbitMQ for the time of a benchmark; the TEST_* variables lead to them. `durable`: PostgreSQL waits for the disk. */
export async function startServers(say: (line: string) => void, options: { durable?: boolean } = {}): Promise<AsyncDisposable> {
  const { env, description, stop } = await startTestServers(say, options);
  Object.assign(process.env, env);
  for (const line of description) say(line);
  return { [Symbol.asyncDispose]: stop };
}
