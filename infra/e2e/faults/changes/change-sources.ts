/** For `node --import`: changes modules while they are loaded. No module of the product knows of it. */
import { registerHooks } from 'node:module';
import { changesVariable } from './changed-process.ts';
import { changeSource, type SourceChange, urlOf } from './source-change.ts';

const files = (process.env[changesVariable] ?? '').split(' ').filter((file) => file !== '');
const changes = (await Promise.all(files.map(async (file) => (await import(file)).changes as readonly SourceChange[]))).flat();

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    const mine = changes.filter((change) => urlOf(change) === url);
    if (mine.length === 0) return loaded;
    if (loaded.source === undefined || loaded.source === null) throw new Error(`${url} has no source to change`);
    const source = typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source);
    return { ...loaded, source: mine.reduce(changeSource, source) };
  },
});
