import { nodeOptions } from '../process/node-options.ts';
import { untilStopped } from '../process/until-stopped.ts';
import { runVitest } from '../run-vitest.ts';
import { SetupError } from '../setup-error.ts';
import { ensureWebBuild } from '../start/web-build.ts';
import { startTestServers } from '../test-servers.ts';

const projects = ['unit', 'contract', 'integration', 'e2e'];

/** `npm test [-- <kind | path> …] [vitest options]`: every test, or some, on private servers that are gone afterwards. */
export async function run(args: readonly string[]): Promise<number> {
  const stopped = untilStopped();
  const unwanted = new AbortController();
  void stopped.then((signal) => unwanted.abort(new SetupError(`Stopped (${signal}).`)));
  const say = (line: string) => console.log(line);
  say('Starting a PostgreSQL, a RabbitMQ and a Redis for the tests…');
  const servers = await startTestServers(say, { signal: unwanted.signal });
  try {
    await ensureWebBuild(say, unwanted.signal);
    const described = servers.description.map((line) => `  ${line}`).join('\n');
    say(described);
    const options = args.flatMap((arg) => (projects.includes(arg) ? ['--project', arg] : [arg]));
    // For every Node process that a test starts.
    const env = { ...process.env, NODE_OPTIONS: nodeOptions.join(' '), NODE_ENV: 'test', ...servers.env };
    const code = await runVitest(options, env, stopped);
    say(`The tests ran on:\n${described}`);
    return code;
  } finally {
    await servers.stop();
  }
}
