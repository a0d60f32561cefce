import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { subgraphNames } from '@comptoir/schema/sdl.ts';
import { root } from '../places.ts';
import { importsOf, packageOf } from './imports.ts';
import { repositoryFiles } from './tracked-files.ts';

/** Which folders a folder may import from. Composition roots (`*`) put everything together. */
const arrows: Readonly<Record<string, readonly string[] | '*'>> = {
  schema: [],
  'infra/platform': ['schema'],
  gateway: ['infra/platform', 'schema'],
  ...Object.fromEntries(subgraphNames.map((name) => [`subgraphs/${name}`, ['infra/platform', 'schema']])),
  'clients/cli': ['schema'],
  'clients/web': ['schema'],
  'infra/local': '*',
  'infra/e2e': '*',
  'infra/bench': '*',
};

/** What benchmarks compare with: programs of their own, which no workspace knows. */
const peers = 'infra/bench/peers/';

/** Of the root's package.json: what every folder's tests may use. */
const testTools = ['vitest', 'fast-check'];

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export interface Folder {
  readonly place: string;
  readonly manifest: Manifest;
}

/** Imports against the arrows, and imports that package.json does not name. */
export async function findWrongImports(): Promise<string[]> {
  const folders = Object.keys(arrows).map((place) => ({
    place,
    manifest: JSON.parse(readFileSync(path.join(root, place, 'package.json'), 'utf8')) as Manifest,
  }));
  const modules = (await repositoryFiles()).filter((file) => /\.(ts|tsx|mjs|js)$/.test(file) && !file.startsWith(peers));
  const unknown = modules.filter((file) => file.includes('/') && !file.startsWith('.') && folderOf(file, folders) === undefined);
  return [
    ...unknown.map((file) => `${file}: belongs to no folder of the table of arrows`),
    ...modules.flatMap((file) => wrongImportsOf(file, readFileSync(path.join(root, file), 'utf8'), folders)),
  ];
}

function folderOf(file: string, folders: readonly Folder[]): Folder | undefined {
  return folders.find(({ place }) => file.startsWith(`${place}/`));
}

export function wrongImportsOf(file: string, source: string, folders: readonly Folder[]): string[] {
  const folder = folderOf(file, folders);
  if (folder === undefined) return [];
  return importsOf(source).flatMap(({ specifier, line }) => {
    const fault = specifier.startsWith('.') ? relativeFault(file, specifier, folder) : packageFault(file, specifier, folder, folders);
    return fault === undefined ? [] : [`${file}:${line}: ${fault}`];
  });
}

function relativeFault(file: string, specifier: string, { place }: Folder): string | undefined {
  const target = path.posix.join(path.posix.dirname(file), specifier);
  return target.startsWith(`${place}/`)
    ? undefined
    : `imports ${specifier}, outside ${place}; import other folders by the name of their package`;
}

function packageFault(file: string, specifier: string, { place, manifest }: Folder, folders: readonly Folder[]): string | undefined {
  const name = packageOf(specifier);
  if (name === undefined || name === manifest.name || builtinModules.includes(name)) return undefined;
  const target = folders.find((each) => each.manifest.name === name)?.place;
  const allowed = arrows[place];
  if (target !== undefined && allowed !== '*' && !allowed?.includes(target)) return `${place} may not import from ${target} (${specifier})`;
  const test = isTest(file);
  if (test && testTools.includes(name)) return undefined;
  const { dependencies, optionalDependencies, peerDependencies, devDependencies } = manifest;
  const declared = {
    ...dependencies,
    ...optionalDependencies,
    ...peerDependencies,
    ...(test ? devDependencies : {}),
  };
  return name in declared ? undefined : `${name} is not among the dependencies of ${place}/package.json`;
}

/** Tests, what only they use, and what is run only to develop. */
function isTest(file: string): boolean {
  return (
    /^infra\/(e2e|bench)\/|^schema\/generate[./]/.test(file) ||
    /\.(test|it|contract|e2e)\.(ts|tsx|mjs)$/.test(file) ||
    /\/(testing|conformance)\//.test(file)
  );
}
