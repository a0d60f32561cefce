// Preloaded (node --import) by processes of ours: Node takes the types out of every TypeScript file again at each start, which costs a process a
// quarter of a second; this keeps what it made. A file that changed is made anew. Nothing else differs: same Node, same stripping, same lines.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runtimeFolder } from './places.mjs';

const folder = path.join(runtimeFolder, 'typescript-cache', process.version);

/** One kept file for each source, so that there are never more; its last line tells which state of the source it was made of. */
function stripped(file) {
  const { mtimeMs, size } = statSync(file);
  const state = `\n// made of ${mtimeMs} ${size}\n`;
  const kept = path.join(folder, `${createHash('sha1').update(file).digest('hex')}.js`);
  try {
    const text = readFileSync(kept, 'utf8');
    if (text.endsWith(state)) return text;
  } catch {
    // Not made yet.
  }
  const source = strip(readFileSync(file, 'utf8')) + state;
  try {
    mkdirSync(folder, { recursive: true });
    // In one step: several processes may make the same at once.
    const draft = `${kept}.${process.pid}`;
    writeFileSync(draft, source);
    renameSync(draft, kept);
  } catch {
    // A folder that cannot be written to costs time, nothing else.
  }
  return source;
}

/** Node warns that this function is experimental, though it is what it does itself with every file. */
function strip(source) {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return module.stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}

if (module.registerHooks !== undefined && module.stripTypeScriptTypes !== undefined) {
  module.registerHooks({
    load(url, context, next) {
      if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
      return { format: 'module', source: stripped(fileURLToPath(url)), shortCircuit: true };
    },
  });
}
