import type { Log } from '@comptoir/platform/log.ts';
import { AmqpError } from './amqp-error.ts';
import { Vhost } from './vhost.ts';

/** The oldest names are forgotten beyond this many. */
const maxRemovedNames = 1000;

export interface Vhosts {
  /** For an operator: made if it is not there. */
  create(name: string): Vhost;
  /** For a client: made when it is first named. One that an operator deleted is refused with 530 until it is made again. */
  enter(name: string): Vhost;
  find(name: string): Vhost | undefined;
  all(): Iterable<Vhost>;
  remove(vhost: Vhost): void;
}

export function createVhosts({ log }: { log: Log }): Vhosts {
  const byName = new Map<string, Vhost>();
  const removed = new Set<string>();

  function create(name: string): Vhost {
    const existing = byName.get(name);
    if (existing) return existing;
    const vhost = new Vhost(name);
    byName.set(name, vhost);
    removed.delete(name);
    log.info({ event: 'vhost_created', vhost: name }, 'virtual host created');
    return vhost;
  }

  return {
    create,
    enter(name) {
      if (removed.has(name)) throw new AmqpError(530, `vhost ${name} not found: it was deleted`);
      return create(name);
    },
    find: (name) => byName.get(name),
    all: () => byName.values(),
    remove(vhost) {
      byName.delete(vhost.name);
      removed.add(vhost.name);
      const [oldest] = removed;
      if (oldest !== undefined && removed.size > maxRemovedNames) removed.delete(oldest);
      vhost.close();
    },
  };
}
