import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { debianLibraries } from '../debian-packages.ts';

/** Where a RabbitMQ and the Erlang that runs it lie; nothing in it is tied to a user or to paths of its own. */
export interface RabbitInstallation {
  /** Erlang's root, with erts-*, bin and lib. */
  readonly erlang: string;
  /** erts-* /bin: holds erlexec and epmd. */
  readonly runtime: string;
  /** RabbitMQ's home, with ebin, plugins and sbin. */
  readonly home: string;
  readonly version: string;
  /** More places for the dynamic linker, for packages that are only unpacked. */
  readonly libraries: readonly string[];
}

/** What lies under `prefix`: '' for the packages of the system, else where packages were unpacked. */
export function debianInstallation(prefix: string): RabbitInstallation | undefined {
  return installationAt(path.join(prefix, '/usr/lib/erlang'), path.join(prefix, '/usr/lib/rabbitmq/lib'), debianLibraries(prefix));
}

/** RabbitMQ of this machine: distribution packages or Homebrew. */
export function installedRabbit(): RabbitInstallation | undefined {
  const homebrew = ['/opt/homebrew', '/usr/local'].map((brew) =>
    installationAt(path.join(brew, 'opt/erlang/lib/erlang'), path.join(brew, 'opt/rabbitmq'), []),
  );
  return (
    debianInstallation('') ??
    installationAt('/usr/lib64/erlang', '/usr/lib/rabbitmq/lib', []) ??
    homebrew.find((found) => found !== undefined)
  );
}

function installationAt(erlang: string, servers: string, libraries: readonly string[]): RabbitInstallation | undefined {
  const erts = entry(erlang, /^erts-/);
  const server = entry(servers, /^rabbitmq_server-/);
  const home = server === undefined ? servers : path.join(servers, server);
  if (erts === undefined || !existsSync(path.join(home, 'plugins')) || !existsSync(path.join(home, 'sbin'))) return undefined;
  const version = entry(path.join(home, 'plugins'), /^rabbit-\d/)?.replace(/^rabbit-|\.ez$/g, '') ?? 'of unknown version';
  return { erlang, runtime: path.join(erlang, erts, 'bin'), home, version, libraries };
}

function entry(folder: string, pattern: RegExp): string | undefined {
  return existsSync(folder) ? readdirSync(folder).find((name) => pattern.test(name)) : undefined;
}
