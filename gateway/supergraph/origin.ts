import { readdir, readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { GatewayConfig } from '../config.ts';

const downloadTimeoutMs = 10_000;

/** Where the text of the supergraph comes from. */
export interface SupergraphOrigin {
  /** For operators. */
  readonly name: string;
  /**
   * The text as it is now.
   * @throws Error naming the file or address that cannot be read, or every fault of the composition.
   */
  read(): Promise<string>;
  /** Changes whenever the text may have changed, and is cheap; null where it never changes. */
  readonly look: (() => Promise<string>) | null;
  /** How often to look. */
  readonly everyMs: number;
}

type OriginConfig = Pick<GatewayConfig, 'supergraphSdl' | 'supergraphFile' | 'subgraphUrls' | 'supergraphCheckMs'>;

/** As configured: the text itself, a file, an address, or what the subgraphs in this repository compose to. */
export function supergraphOrigin({
  supergraphSdl,
  supergraphFile,
  subgraphUrls,
  supergraphCheckMs = 1_000,
}: OriginConfig): SupergraphOrigin {
  if (supergraphSdl) return { name: 'configuration', read: async () => supergraphSdl, look: null, everyMs: supergraphCheckMs };
  if (supergraphFile && /^https?:/.test(supergraphFile)) return address(supergraphFile, supergraphCheckMs * 10);
  if (supergraphFile) return file(supergraphFile, supergraphCheckMs);
  return {
    name: 'schema/sdl',
    async read() {
      // Imported only here: a gateway that stands alone before somebody else's supergraph needs nothing of ours.
      const { supergraphSdl } = await import('@comptoir/schema/supergraph.ts');
      return supergraphSdl(subgraphUrls);
    },
    async look() {
      const folder = fileURLToPath(new URL('./sdl/', import.meta.resolve('@comptoir/schema/supergraph.ts')));
      const sources = (await readdir(folder)).filter((name) => name.endsWith('.graphql')).sort();
      return (await Promise.all(sources.map(async (name) => `${name} ${await identityOf(folder + name)}`))).join('\n');
    },
    everyMs: supergraphCheckMs,
  };
}

function file(path: string, everyMs: number): SupergraphOrigin {
  return {
    name: path,
    async read() {
      try {
        return await readFile(path, 'utf8');
      } catch (cause) {
        throw new Error(`SUPERGRAPH: the file ${path} cannot be read`, { cause });
      }
    },
    look: () => identityOf(path),
    everyMs,
  };
}

/**
 * Asked of the path each time and not of an open file, so that all the ways to replace a file are seen: written anew, renamed over, or a symbolic link on the
 * way to it that points elsewhere now, as Kubernetes does. File system events would miss some of them, and all on network volumes.
 */
async function identityOf(path: string): Promise<string> {
  const { dev, ino, size, mtimeNs } = await stat(path, { bigint: true });
  return `${dev} ${ino} ${size} ${mtimeNs}`;
}

function address(url: string, everyMs: number): SupergraphOrigin {
  let etag: string | undefined;
  let text = '';
  async function read(): Promise<string> {
    try {
      const headers: Record<string, string> = etag ? { 'if-none-match': etag } : {};
      const response = await fetch(url, { headers, signal: AbortSignal.timeout(downloadTimeoutMs) });
      if (response.status === 304) return text;
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      text = await response.text();
      etag = response.headers.get('etag') ?? undefined;
      return text;
    } catch (cause) {
      throw new Error(`SUPERGRAPH: ${new URL(url).origin} does not give it`, { cause });
    }
  }
  return { name: new URL(url).origin, read, look: read, everyMs };
}
