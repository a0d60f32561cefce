/** The environment in which a process of ours loads some modules changed. */
import { nodeOptions } from '@comptoir/local/process/node-options.ts';

/** URLs of the modules whose `changes` are made, separated by blanks. */
export const changesVariable = 'COMPTOIR_SOURCE_CHANGES';

const hook = new URL('./change-sources.ts', import.meta.url).href;

/** Each file, as a URL, exports `changes: SourceChange[]`; without any of them it is the environment of an unchanged process. */
export function withChanges(...files: readonly URL[]): NodeJS.ProcessEnv {
  if (files.length === 0) return { NODE_OPTIONS: nodeOptions.join(' ') };
  return {
    NODE_OPTIONS: [...nodeOptions, `--import=${hook}`].join(' '),
    [changesVariable]: files.map(({ href }) => href).join(' '),
  };
}
