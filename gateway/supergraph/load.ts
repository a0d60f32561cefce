import { readFile } from 'node:fs/promises';
import type { GatewayConfig } from '../config.ts';

/**
 * The supergraph SDL: from the configuration, from its file, or that of the subgraphs in this repository.
 * @throws Error naming the file that cannot be read, or every fault of the composition.
 */
export async function loadSupergraphSdl(config: Pick<GatewayConfig, 'supergraphSdl' | 'supergraphFile' | 'subgraphUrls'>): Promise<string> {
  if (config.supergraphSdl) return config.supergraphSdl;
  if (config.supergraphFile) {
    try {
      return await readFile(config.supergraphFile, 'utf8');
    } catch (cause) {
      throw new Error(`SUPERGRAPH: the file ${config.supergraphFile} cannot be read`, { cause });
    }
  }
  // Imported only here: a gateway that stands alone before somebody else's supergraph needs nothing of ours.
  const { supergraphSdl } = await import('@comptoir/schema/supergraph.ts');
  return supergraphSdl(config.subgraphUrls);
}
