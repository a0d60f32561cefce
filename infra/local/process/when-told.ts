/**
 * A process that is started before it is known what it will be told: it loads the modules that are its arguments, then waits for a message with script,
 * arguments and environment, and becomes that script.
 */
import { pathToFileURL } from 'node:url';

interface Order {
  readonly script: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

const orphaned = () => process.exit(0);
process.once('disconnect', orphaned);

process.once('message', async (message) => {
  const { script, args, env } = message as Order;
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
  process.argv = [process.execPath, script, ...args];
  await import(pathToFileURL(script).href);
  // The script hears of a lost parent itself now.
  process.off('disconnect', orphaned);
});

for (const module of process.argv.slice(2)) await import(pathToFileURL(module).href);
