#!/usr/bin/env node
// `npx comptoir …`: the command line client, with a Node that can run it.
import { fileURLToPath } from 'node:url';
import { root } from './bootstrap/places.mjs';
import { prepare } from './bootstrap/prepare.mjs';

await prepare('production', [fileURLToPath(import.meta.url), ...process.argv.slice(2)], async () => {
  await import(new URL('clients/cli/main.ts', `file://${root}/`).href);
});
