import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../places.ts';

interface Entry {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly license?: string;
}

export type Lock = Readonly<Record<string, Entry>>;

const files = ['package-lock.json', 'infra/local/node-runtime/package-lock.json'];

function readLock(file: string): Lock {
  return (JSON.parse(readFileSync(path.join(root, file), 'utf8')) as { packages: Lock }).packages;
}

function installed(lock: Lock): [string, Entry][] {
  return Object.entries(lock).filter(([place, { link }]) => place.includes('node_modules/') && !link);
}

/** Entries that `npm ci` would refuse, or that tie the lock to one registry. */
export async function findLockFaults(): Promise<string[]> {
  return files.flatMap((file) => lockFaults(file, readLock(file)));
}

export function lockFaults(file: string, lock: Lock): string[] {
  return installed(lock).flatMap(([place, { version, integrity, resolved }]) => [
    ...(version === undefined ? [`${file}: ${place} has no version`] : []),
    ...(integrity === undefined ? [`${file}: ${place} has no integrity`] : []),
    ...(resolved === undefined ? [] : [`${file}: ${place} names where it was downloaded from`]),
  ]);
}

const permissive = [
  ...[
    'MIT',
    'MIT-0',
    'ISC',
    'BSD-2-Clause',
    'BSD-3-Clause',
    '0BSD',
    'Apache-2.0',
    'BlueOak-1.0.0',
    'CC0-1.0',
    'CC-BY-4.0',
    'Unlicense',
    'Python-2.0',
  ],
  ...['Zlib', 'PostgreSQL', 'OFL-1.1', 'WTFPL'],
];

/** Each with the reason that it may be there all the same. */
const exceptions: readonly { readonly pattern: RegExp; readonly licence: string; readonly because: string }[] = [
  { pattern: /^@apollo\//, licence: 'Elastic-2.0', because: 'the gateway is built on it; see NOTICE' },
  { pattern: /^lightningcss(-|$)/, licence: 'MPL-2.0', because: 'used by the bundler as it is, no part of what it makes' },
];

/** What the package's own licence file says, where its package.json says nothing that a program understands. */
const read: Readonly<Record<string, string>> = { decko: 'MIT', stickyfill: 'MIT', 'url-template': 'BSD-3-Clause' };

/** Packages of what runs whose licence is neither permissive nor among the exceptions. */
export async function findLicenceFaults(): Promise<string[]> {
  return files.flatMap((file) => licenceFaults(file, readLock(file)));
}

export function licenceFaults(file: string, lock: Lock): string[] {
  return installed(lock)
    .filter(([, { dev }]) => !dev)
    .flatMap(([place, { license }]) => {
      const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const given = read[name] ?? license ?? licenceOnDisk(place);
      if (isPermissive(given) || exceptions.some(({ pattern, licence }) => licence === given && pattern.test(name))) return [];
      return [`${file}: ${name} is under ${given ?? 'no licence that it names'}`];
    });
}

function licenceOnDisk(place: string): string | undefined {
  try {
    const { license } = JSON.parse(readFileSync(path.join(root, place, 'package.json'), 'utf8')) as { license?: string };
    return license;
  } catch {
    // A package for another platform is not installed; the lock alone does not tell.
    return undefined;
  }
}

/** Understands `A OR B` and `(A AND B)`. */
export function isPermissive(expression: string | undefined): boolean {
  if (expression === undefined) return false;
  const bare = expression.replace(/[()]/g, ' ');
  return bare.split(/\bOR\b/).some((option) => option.split(/\bAND\b/).every((licence) => permissive.includes(licence.trim())));
}
