/** For `node --import`: changes modules while they are loaded. No module of the product knows of it, and no file is touched. */
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { changesVariable } from './changed-process.ts';
import { changedSources, pathOf, type SourceChange, urlOf } from './source-change.ts';

const files = (process.env[changesVariable] ?? '').split(' ').filter((file) => file !== '');
const changes = (await Promise.all(files.map(async (file) => (await import(file)).changes as readonly SourceChange[]))).flat();
const sources = changedSources(changes);
const changed = new Map(changes.map((change) => [urlOf(change), stripTypeScriptTypes(sources.get(pathOf(change)) as string)]));

registerHooks({
  load(url, context, nextLoad) {
    const source = changed.get(url);
    return source === undefined ? nextLoad(url, context) : { format: 'module', source, shortCircuit: true };
  },
});
