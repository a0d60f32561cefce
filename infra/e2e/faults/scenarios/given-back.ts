import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '@comptoir/local/places.ts';
import { changedSources, type SourceChange } from '../changes/source-change.ts';

const folder = path.join(root, 'infra/platform/broker');

/**
 * A message is given back by reject, never by nack. The two count alike towards a delivery limit before RabbitMQ 4.3, and none that new can be run here: so this
 * reads the sources, as the processes would load them, instead of watching a broker.
 */
export async function givenBack(changes: readonly SourceChange[]): Promise<string[]> {
  const changed = changedSources(changes);
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !/\.(test|it)\.ts$/.test(file));
  return files.flatMap((file) => {
    const source = changed.get(path.join(folder, file)) ?? readFileSync(path.join(folder, file), 'utf8');
    return source.includes('.nack(') || source.includes('.nackAll(') ? [`${file} gives messages back by nack`] : [];
  });
}
