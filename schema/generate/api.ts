import { Supergraph } from '@apollo/federation-internals';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { composeSupergraph } from '../compose.ts';
import type { GeneratedFile } from '../generated-files.ts';
import { sourcesLine } from '../supergraph.ts';
import { developmentUrls } from '../urls.ts';

/** What clients see of a supergraph, as SDL. */
export function apiSdl(supergraphSdl: string): string {
  const schema = Supergraph.build(supergraphSdl, { validateSupergraph: false }).apiSchema().toGraphQLJSSchema();
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}

/** The composed supergraph, for the gateway and for any other federation router, and the API that clients see. */
export function apiSchemaFiles(): GeneratedFile[] {
  const supergraphSdl = composeSupergraph(developmentUrls);
  const header = '# Generated from schema/sdl by schema/generate.ts.\n';
  return [
    { path: 'schema/generated/supergraph.graphql', content: `${header}${sourcesLine()}\n${supergraphSdl}\n` },
    { path: 'schema/generated/api.graphql', content: `${header}${apiSdl(supergraphSdl)}` },
  ];
}
