import { rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ownFolder } from '@comptoir/platform/testing/own-folder.ts';
import { rolldown } from 'rolldown';
import { changedSources, type SourceChange } from './changes/source-change.ts';
import { scriptOf, serviceOf } from './parts.ts';

export interface Bundle extends AsyncDisposable {
  readonly folder: string;
}

/** The file of a bundle to run in the place of the part's main.ts. */
export const bundledScriptOf = (folder: string) => (part: string) => path.join(folder, `${serviceOf(part)}.mjs`);

/** Once a part has started: one that is killed would leave nothing of what Node made of the files. */
const keepCompiled = "(await import('node:module')).flushCompileCache();";

/**
 * The parts with everything they import, changed where a test says so, in a few files: a start takes a third of the time, which counts where there are many. It is
 * the same code; what it finds out about its place is told as it is in the sources.
 */
export async function bundleParts(parts: readonly string[], changes: readonly SourceChange[] = []): Promise<Bundle> {
  const changed = changedSources(changes);
  const folder = ownFolder('bundle');
  const services = [...new Set(parts.map(serviceOf))];
  const build = await rolldown({
    input: Object.fromEntries(services.map((service) => [service, scriptOf(service)])),
    platform: 'node',
    external: ['pg-native', /^file:/],
    logLevel: 'warn',
    // The one that Node takes: types of the other are strangers to it.
    resolve: { alias: { graphql$: 'graphql/index.js' } },
    plugins: [
      { name: 'changes', load: (id) => changed.get(id) },
      {
        name: 'place',
        transform: (code, id) => code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)),
      },
    ],
  });
  await build.write({ dir: folder, format: 'esm', entryFileNames: '[name].mjs', footer: ({ isEntry }) => (isEntry ? keepCompiled : '') });
  await build.close();
  return {
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
