import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { debianLibraries, unpackedProgram } from '@comptoir/local/debian-packages.ts';
import { root } from '@comptoir/local/places.ts';
import { runGuarded } from '@comptoir/local/process/guarded.ts';
import { ownFolder } from '@comptoir/platform/testing/own-folder.ts';
import { ownPort } from '../own-port.ts';
import { until } from '../until.ts';

interface NginxInstallation {
  readonly program: string;
  readonly libraries: readonly string[];
}

export interface Nginx extends AsyncDisposable {
  /** Where clients find it, one address for each port it listens on. */
  readonly urls: readonly string[];
  /** Sends nobody to this gateway any more, or again to all where it is null, as an operator does before a restart; nobody who is under way is disturbed. */
  leave(gateway: string | null): Promise<void>;
}

const template = path.join(root, 'infra/deploy/nginx/nginx.conf.template');
const startTimeoutMs = 15_000;

/** The reverse proxy of infra/deploy/nginx, as it is deployed but for its ports and folders, before these gateways. Nothing of it needs root. */
export async function startNginx(gateways: readonly string[], { ports: portCount = 1 } = {}): Promise<Nginx> {
  const { program, libraries } = installedNginx() ?? (await unpackedProgram(debian, (line) => console.info(line)));
  const ports: number[] = [];
  while (ports.length < portCount) ports.push(await ownPort());
  const folder = ownFolder('nginx');
  mkdirSync(path.join(folder, 'temp'));
  const configure = (left: string | null) => writeFileSync(path.join(folder, 'nginx.conf'), configuration(gateways, ports, folder, left));
  configure(null);
  const logFile = path.join(folder, 'nginx.log');
  const linker = [...libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  const server = runGuarded(
    {
      command: program,
      args: ['-p', folder, '-c', path.join(folder, 'nginx.conf'), '-g', `daemon off; pid ${folder}/nginx.pid; error_log stderr notice;`],
      env: { PATH: process.env.PATH, ...(linker === '' ? {} : { LD_LIBRARY_PATH: linker }) },
      cwd: folder,
      stopSignals: [
        { name: 'SIGTERM', waitMs: 2_000 },
        { name: 'SIGKILL', waitMs: 2_000 },
      ],
    },
    logFile,
  );
  const urls = ports.map((port) => `http://127.0.0.1:${port}`);
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until(
      async () => {
        if (server.hasExited()) throw new Error(`nginx ended at its start:\n${readFileSync(logFile, 'utf8')}`);
        return answers(`${urls[0]}/health/live`);
      },
      startTimeoutMs,
      () => `nginx did not pass requests on:\n${readFileSync(logFile, 'utf8')}`,
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    urls,
    async leave(gateway) {
      const logged = () => readFileSync(logFile, 'utf8').length;
      const before = logged();
      configure(gateway);
      process.kill(await server.spawned, 'SIGHUP');
      // It says so when its new workers have begun and the old ones were told to finish.
      await until(
        async () => /gracefully shutting down/.test(readFileSync(logFile, 'utf8').slice(before)),
        startTimeoutMs,
        () => `nginx did not take its new configuration:\n${readFileSync(logFile, 'utf8')}`,
      );
    },
    [Symbol.asyncDispose]: stop,
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok;
  } catch {
    // Not yet; `until` has the bound.
    return false;
  }
}

function configuration(gateways: readonly string[], ports: readonly number[], folder: string, left: string | null): string {
  const servers = gateways.map((url) => `server ${new URL(url).host} max_fails=5 fail_timeout=10s${url === left ? ' down' : ''};`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/temp/${kind};`);
  return readFileSync(template, 'utf8')
    .replace(/\$\{GATEWAYS\}/, servers.join(' '))
    .replace(/\$\{LISTEN\}/, ports.map((port) => `listen 127.0.0.1:${port};`).join(' '))
    .replace('http {', ['http {', ...temporary].join('\n  '));
}

const debian = {
  name: 'nginx',
  packageName: 'nginx',
  folder: 'nginx',
  sizeMb: 4,
  find(prefix: string): NginxInstallation | undefined {
    const program = path.join(prefix, 'usr/sbin/nginx');
    return existsSync(program) ? { program, libraries: debianLibraries(prefix) } : undefined;
  },
};

function installedNginx(): NginxInstallation | undefined {
  const program = ['/usr/sbin/nginx', '/usr/local/bin/nginx', '/opt/homebrew/bin/nginx'].find(existsSync);
  return program === undefined ? undefined : { program, libraries: [] };
}
