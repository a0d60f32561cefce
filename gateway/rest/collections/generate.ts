/** Writes what is generated from the definitions of the REST routes. `--check` writes nothing and fails where a file is not current. */
import { fileURLToPath } from 'node:url';
import { type GeneratedFile, renewFiles } from '@comptoir/schema/generated-files.ts';
import { allRoutes } from '../routes.ts';
import { httpFile } from './http-file.ts';
import { routeListing } from './listing.ts';
import { postmanCollection } from './postman.ts';
import { walkRequests } from './requests.ts';

export function restFiles(): GeneratedFile[] {
  const chapters = walkRequests(allRoutes);
  return [
    { path: 'schema/generated/rest/routes.md', content: routeListing(allRoutes) },
    {
      path: 'schema/generated/rest/comptoir.postman_collection.json',
      content: `${JSON.stringify(postmanCollection(chapters), null, 2)}\n`,
    },
    { path: 'schema/generated/rest/comptoir.http', content: httpFile(chapters) },
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await renewFiles(restFiles(), { check: process.argv.includes('--check') });
}
