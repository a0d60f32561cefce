import module from 'node:module';
import path from 'node:path';
import { ensureDependencies } from './dependencies.mjs';
import { handOver, watchNpm, withNodeFirst } from './hand-over.mjs';
import { ensureNode } from './node-runtime.mjs';
import { runtimeFolder } from './places.mjs';

/** Makes sure of Node and dependencies, then runs `work` here, or `script` (path and arguments) with the private Node. Sets the exit code. */
export async function prepare(set, script, work) {
  const say = (line) => process.stderr.write(`${line}\n`);
  try {
    const [node] = await Promise.all([ensureNode(say), ensureDependencies(set, say)]);
    process.env.NODE_COMPILE_CACHE ??= path.join(runtimeFolder, 'compile-cache');
    if (node !== process.execPath) {
      process.exitCode = await handOver(node, script);
      return;
    }
    Object.assign(process.env, withNodeFirst(process.env, node));
    module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE);
    await import('./typescript-cache.mjs');
    // What runs may need time to put things in order: it hears of a killed npm, or of a killed Node before it, as of any other wish to end.
    const end = () => process.kill(process.pid, 'SIGTERM');
    watchNpm(end);
    process.on('disconnect', end);
    // Listening to it would keep a finished command alive.
    process.channel?.unref();
    const code = await work();
    if (code !== undefined) process.exitCode = code;
  } catch (error) {
    say(`\n${error.name === 'SetupError' ? error.message : (error.stack ?? error)}`);
    process.exitCode = 1;
  }
}
