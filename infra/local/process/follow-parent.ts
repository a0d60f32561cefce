/**
 * Runs a script that knows nothing of supervisors (its path and arguments are ours): it is ready at once, a shutdown message is a SIGTERM to it,
 * and it ends when its parent is gone.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const graceMs = 5_000;
const [script = '', ...args] = process.argv.slice(2);

function end(): void {
  // Its channel would keep a script that is done from ending.
  process.channel?.unref();
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), graceMs).unref();
}

process.on('disconnect', end);
process.on('message', (message) => {
  if ((message as { type?: string } | null)?.type === 'shutdown') end();
});
process.send?.({ type: 'ready' });
process.argv = [process.execPath, path.resolve(script), ...args];
await import(pathToFileURL(path.resolve(script)).href);
