import { createLane } from '@comptoir/platform/broker/lane.ts';
import type { Session } from '@comptoir/platform/broker/session.ts';
import type { Log } from '@comptoir/platform/log.ts';
import type { Service } from '@comptoir/platform/service.ts';
import { eventsExchange } from '@comptoir/schema/topology.ts';
import { boundKeys, tagsOfEvent } from './events.ts';
import type { Hearing, ResponseCache } from './response-cache.ts';
import { everything } from './tags.ts';

export interface CacheHearingConfig {
  /** With the virtual host as its path. */
  readonly amqpUrl: string;
  /** How this instance knows its own messages. */
  readonly instanceId: string;
}

type Channel = Awaited<ReturnType<Session['model']['createChannel']>>;

/** More than this at once are told as everything. */
const maxTags = 500;

/**
 * Hears at the broker of changes that did not pass this gateway: domain events, and what other gateways removed. Its queue is its own and goes with the
 * connection, so on every connection what may have been missed is made up for by forgetting all that is kept.
 */
export function createCacheHearing(
  { amqpUrl, instanceId }: CacheHearingConfig,
  { cache, log }: { cache: ResponseCache; log: Log },
): Hearing & Service {
  let channel: Channel | null = null;
  /** Heard of, and not removed yet. */
  const heard = new Set<string>();
  /** To be told once there is a connection. */
  const untold = new Set<string>();

  function hear(tags: readonly string[]): void {
    if (tags.length === 0) return;
    // Whatever arrives in one go is removed at once.
    if (heard.size === 0)
      setImmediate(() => {
        const removed = [...heard];
        heard.clear();
        void cache.removeHere(removed);
      });
    for (const tag of tags) heard.add(tag);
  }

  function tell(tags: readonly string[]): void {
    for (const tag of tags) untold.add(tag);
    if (untold.size > maxTags) {
      untold.clear();
      untold.add(everything);
    }
    if (!channel || untold.size === 0) return;
    const message = { event: 'cache_removed', timestamp: new Date().toISOString(), instance_id: instanceId, tags: [...untold] };
    channel.publish(eventsExchange, 'cache.removed', Buffer.from(JSON.stringify(message)), {
      contentType: 'application/json',
      type: 'cache.removed',
    });
    untold.clear();
  }

  const lane = createLane({
    url: amqpUrl,
    name: 'gateway cache',
    log,
    onChange: () => {
      if (!lane.session()) channel = null;
    },
    async setUp(session) {
      const opened = await session.rpc('opening a channel', () => session.model.createChannel());
      // One that is closed, by either side, is a connection that tells nothing: the lane opens another.
      const lost = () => {
        if (channel === opened) channel = null;
        void session.close();
      };
      opened.on('error', (error) => log.warn({ event: 'cache_channel_failed', err: error }, 'the broker closed a channel'));
      opened.on('close', lost);
      await session.rpc('declaring the events exchange', () => opened.assertExchange(eventsExchange, 'topic', { durable: true }));
      const { queue } = await session.rpc('declaring a queue', () =>
        opened.assertQueue('', { exclusive: true, autoDelete: true, durable: false }),
      );
      for (const key of boundKeys) await session.rpc('binding a queue', () => opened.bindQueue(queue, eventsExchange, key));
      await session.rpc('attaching a consumer', () =>
        opened.consume(
          queue,
          (message) => {
            if (message) hear(tagsOfEvent(message.fields.routingKey, message.content, instanceId));
            else lost();
          },
          { noAck: true },
        ),
      );
      await cache.forget();
      channel = opened;
      tell([]);
    },
  });

  return {
    name: 'cache hearing',
    isHearing: () => channel !== null,
    tell,
    start: async () => lane.start(),
    stop: () => lane.stop(),
  };
}
