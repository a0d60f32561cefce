import { buildSubgraphSchema } from '@apollo/subgraph';
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as typescriptResolvers from '@graphql-codegen/typescript-resolvers';
import { parse, printSchema } from 'graphql';
import type { GeneratedFile } from '../generated-files.ts';
import { subgraphNames, subgraphTypeDefs } from '../sdl.ts';

const scalars = { ID: 'string', DateTime: 'Date' };

/** The types a subgraph's resolvers are written against. Parents and contexts are given by the subgraph as type arguments. */
export async function resolverTypes(): Promise<GeneratedFile[]> {
  return Promise.all(
    subgraphNames.map(async (name) => {
      const path = `schema/generated/resolvers-${name}.ts`;
      const content = await codegen({
        filename: path,
        schema: parse(printSchema(buildSubgraphSchema(subgraphTypeDefs(name)))),
        documents: [],
        config: { scalars, useTypeImports: true, enumsAsTypes: true, skipTypename: false, defaultMapper: 'any' },
        plugins: [{ typescript: {} }, { typescriptResolvers: { federation: true } }],
        pluginMap: { typescript, typescriptResolvers },
      });
      return { path, content: `// Generated from schema/sdl/${name}.graphql by schema/generate.ts.\n${content}` };
    }),
  );
}
