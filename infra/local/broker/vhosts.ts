import type { Log } from '@comptoir/platform/log.ts';
import { Vhost } from './vhost.ts';

export interface Vhosts {
  /** Made when it is first asked for: there is nobody here to be kept out. */
  open(name: string): Vhost;
  find(name: string): Vhost | undefined;
  all(): Iterable<Vhost>;
  remove(vhost: Vhost): void;
}

export function createVhosts({ log }: { log: Log }): Vhosts {
  const byName = new Map<string, Vhost>();
  return {
    open(name) {
      const existing = byName.get(name);
      if (existing) return existing;
      const vhost = new Vhost(name);
      byName.set(name, vhost);
      log.info({ event: 'vhost_created', vhost: name }, 'virtual host created');
      return vhost;
    },
    find: (name) => byName.get(name),
    all: () => byName.values(),
    remove(vhost) {
      byName.delete(vhost.name);
      vhost.close();
    },
  };
}
