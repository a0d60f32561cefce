import type { TestProject } from 'vitest/node';
import { bundleParts } from './bundle.ts';
import { defaultParts } from './parts.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the parts without any change, made once for all tests. */
    bundledParts: string;
  }
}

/** Runs before the e2e tests. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const bundle = await bundleParts(defaultParts);
  project.provide('bundledParts', bundle.folder);
  return async () => {
    await bundle[Symbol.asyncDispose]();
  };
}
