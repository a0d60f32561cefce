#!/usr/bin/env node
// `node infra/local/run.mjs <command> [arguments]`: what every npm script calls. Needs Node 18 and nothing installed.
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { prepare } from './bootstrap/prepare.mjs';

/** Which dependencies a command needs. */
const commands = {
  start: 'production',
  gateway: 'production',
  rabbitmq: 'production',
  test: 'all',
  'test-faults': 'all',
  check: 'all',
  bench: 'all',
  generate: 'all',
  format: 'all',
};

const [command, ...args] = process.argv.slice(2);
if (!Object.hasOwn(commands, command ?? '')) {
  console.error(`usage: node infra/local/run.mjs <${Object.keys(commands).join(' | ')}> [arguments]`);
  process.exit(2);
}

const here = fileURLToPath(import.meta.url);
await prepare(commands[command], [here, command, ...args], async () => {
  const { run } = await import(pathToFileURL(path.join(path.dirname(here), 'commands', `${command}.ts`)).href);
  return run(args);
});
