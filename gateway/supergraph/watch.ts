import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '@comptoir/platform/log.ts';
import { type Generation, versionOf } from './generation.ts';
import type { Generations } from './generations.ts';
import type { SupergraphMetrics } from './metrics.ts';
import type { SupergraphOrigin } from './origin.ts';

export interface WatchDeps {
  readonly generations: Pick<Generations, 'current' | 'replace'>;
  /** Makes the next version, with its plans. */
  readonly build: (sdl: string) => Promise<Generation>;
  readonly metrics: SupergraphMetrics;
  readonly log: Log;
}

/**
 * Looks for a next version of the supergraph and switches to it once it is built and warm. One that cannot be read or built is refused, and the
 * version that serves goes on. Returns how to stop looking.
 */
export function watchSupergraph(
  { name, read, look, everyMs }: SupergraphOrigin,
  seenFirst: string | null,
  deps: WatchDeps,
): () => Promise<void> {
  const { generations, build, metrics, log } = deps;
  const stopping = new AbortController();
  if (!look) return async () => undefined;

  async function load(): Promise<void> {
    let sdl: string;
    try {
      sdl = await read();
    } catch (error) {
      // Subgraphs that do not compose are a fault of theirs and not of the way to them.
      const refused = error instanceof Error && error.name === 'CompositionError';
      metrics.reload(refused ? 'refused' : 'unreadable');
      const event = refused ? 'supergraph_refused' : 'supergraph_unreadable';
      log.error({ event, origin: name, err: error }, 'there is no next supergraph; the old one goes on');
      return;
    }
    const { version: previous } = generations.current();
    if (versionOf(sdl) === previous) return;
    let next: Generation;
    try {
      next = await build(sdl);
    } catch (error) {
      metrics.reload('refused');
      const serving = { origin: name, refused: versionOf(sdl), serving: previous };
      log.error({ event: 'supergraph_refused', ...serving, err: error }, 'the next supergraph is refused; the old one goes on');
      return;
    }
    if (stopping.signal.aborted) return next.stop();
    await generations.replace(next);
    metrics.reload('loaded');
    log.info({ event: 'supergraph_loaded', origin: name, version: next.version, previous }, 'the next supergraph serves');
  }

  async function watch(): Promise<void> {
    let taken = seenFirst;
    let before: string | null = seenFirst;
    for (;;) {
      await delay(everyMs, undefined, { signal: stopping.signal });
      // What cannot be looked at may be about to be replaced; where it stays so that shows once and is told once.
      const seen = await look!().catch(() => 'unreadable');
      // The same twice: it is not being written just now.
      if (seen !== taken && seen === before) {
        taken = seen;
        await load();
      }
      before = seen;
    }
  }

  const watching = watch().catch((error: unknown) => {
    if (!stopping.signal.aborted) log.error({ event: 'supergraph_watch_failed', err: error }, 'the supergraph is not watched any more');
  });
  return async () => {
    stopping.abort();
    await watching;
  };
}
