/** Says whether the graph still keeps what the last release promised: `schema/released.graphql` is that promise; `--release` renews it. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildSchema, findBreakingChanges, findDangerousChanges } from 'graphql';
import { composeSupergraph } from './compose.ts';
import { undescribed } from './described.ts';
import { apiSdl } from './generate/api.ts';
import { developmentUrls } from './urls.ts';

const released = new URL('./released.graphql', import.meta.url);

export interface SchemaFindings {
  /** What would break a client of the released API, or is not described; each is a reason to fail. */
  readonly faults: readonly string[];
  /** What may surprise a client, e.g. a new member of a union. */
  readonly warnings: readonly string[];
}

/** Compares an API with the released one, both as SDL. */
export function compareApis(releasedSdl: string, currentSdl: string): SchemaFindings {
  const [before, after] = [buildSchema(releasedSdl), buildSchema(currentSdl)];
  return {
    faults: [
      ...findBreakingChanges(before, after).map(({ type, description }) => `${type}: ${description}`),
      ...undescribed(after).map((place) => `NOT_DESCRIBED: ${place} has no description`),
    ],
    warnings: findDangerousChanges(before, after).map(({ type, description }) => `${type}: ${description}`),
  };
}

async function main(release: boolean): Promise<void> {
  const current = apiSdl(composeSupergraph(developmentUrls));
  if (release) return writeFile(released, current);
  const { faults, warnings } = compareApis(await readFile(released, 'utf8'), current);
  for (const warning of warnings) console.warn(`warning: ${warning}`);
  for (const fault of faults) console.error(`schema/sdl: ${fault}`);
  if (faults.length > 0) {
    console.error('Keep what clients rely on (deprecate instead of removing), or release the change: node schema/check.ts --release');
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.includes('--release'));
