import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { accepts, claimPort } from '../ports.ts';
import { type GuardSpec, runGuarded } from '../process/guarded.ts';
import { logLength, saidSince, untilReady } from '../process/until-ready.ts';
import { SetupError } from '../setup-error.ts';
import { ownNodePrefix } from './choose.ts';
import type { RabbitInstallation } from './installation.ts';
import { probeBroker } from './probe.ts';

const startTimeoutMs = 120_000;
const epmdTimeoutMs = 30_000;
const evaluateTimeoutMs = 20_000;
const pollMs = 50;

export interface RabbitConfig {
  readonly installation: RabbitInstallation;
  /** Holds data, cookie and configuration. */
  readonly folder: string;
  /** Where to look for free ports first: AMQP, management, Erlang's own two. */
  readonly ports: { readonly amqp: number; readonly management: number; readonly distribution: number };
  readonly logFile: string;
  /** More of rabbitmq.conf. */
  readonly settings?: readonly string[];
  readonly takenPorts?: Set<number>;
  /** Aborted where it is not wanted any more; then it is stopped. */
  readonly signal?: AbortSignal | undefined;
}

export interface RabbitServer {
  /** Default virtual host; user guest, reachable by this machine only. */
  readonly url: string;
  readonly managementUrl: string;
  /** Name of the node, which clients see as cluster_name. */
  readonly cluster: string;
  /** Process number of the Erlang machine. */
  readonly pid: number;
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

export interface LocalRabbitServer extends RabbitServer {
  /** Calls a function of the node, as rabbitmqctl does, e.g. `vm_memory_monitor`, `set_vm_memory_high_watermark`, `[0.4]`; returns what it printed as an Erlang term. */
  call(module: string, name: string, args: string): Promise<string>;
}

/** Starts a RabbitMQ of our own: own node name, ports and epmd, loopback only, management on. It ends with this process, however that ends. */
export async function startRabbit(config: RabbitConfig): Promise<LocalRabbitServer> {
  const { installation, logFile, folder, signal } = config;
  const taken = config.takenPorts ?? new Set<number>();
  const amqp = await claimPort(config.ports.amqp, taken);
  const management = await claimPort(config.ports.management, taken);
  const distribution = await claimPort(config.ports.distribution, taken);
  const epmdPort = await claimPort(distribution + 1, taken);
  // The folder's data belongs to a node name, so the name must not change with the ports.
  const node = `${ownNodePrefix}${nodeId(folder)}@localhost`;
  writeConfiguration(config, amqp, management);
  const env = environment(config, { node, amqp, distribution, epmdPort });

  const logStart = logLength(logFile);
  const failure = (what: string, outcome: 'ended' | 'late', timeoutMs: number) => {
    const how = outcome === 'late' ? `was not ready within ${timeoutMs / 1_000} s` : 'did not start';
    return new SetupError(`${what} ${how}. It said (${logFile}):\n${saidSince(logFile, logStart)}`);
  };

  // Ours must listen before Erlang looks for one, or Erlang leaves a daemon behind.
  const epmd = runGuarded(
    spec(path.join(installation.runtime, 'epmd'), ['-port', String(epmdPort), '-address', '127.0.0.1'], env, folder, 2_000),
    logFile,
  );
  const listens = await untilReady(epmd, () => accepts(epmdPort), { timeoutMs: epmdTimeoutMs, pollMs, signal });
  if (listens !== 'ready') throw failure(`Erlang's epmd, which RabbitMQ ${installation.version} needs,`, listens, epmdTimeoutMs);

  const server = runGuarded(spec(path.join(installation.runtime, 'erlexec'), erlangArguments, env, folder, 15_000), logFile);
  const url = `amqp://guest:guest@127.0.0.1:${amqp}/`;
  const usable = async () => (await accepts(amqp)) && (await probeBroker(url, 2_000)).usable && (await accepts(management));

  async function stop(): Promise<void> {
    await server.stop();
    await epmd.stop();
  }

  try {
    const outcome = await untilReady(server, usable, { timeoutMs: startTimeoutMs, pollMs, signal });
    if (outcome !== 'ready') throw failure(`RabbitMQ ${installation.version}`, outcome, startTimeoutMs);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    managementUrl: `http://guest:guest@127.0.0.1:${management}`,
    cluster: node,
    pid: await server.spawned,
    exited: server.exited,
    async call(module, name, args) {
      const caller = `caller${randomBytes(4).toString('hex')}@localhost`;
      const expression = `io:format("~p", [rpc:call('${node}', ${module}, ${name}, ${args})]), halt().`;
      const erlang = path.join(installation.runtime, 'erlexec');
      const { stdout } = await promisify(execFile)(erlang, ['-noinput', '-hidden', '-sname', caller, '-eval', expression], {
        env,
        cwd: folder,
        timeout: evaluateTimeoutMs,
      });
      return stdout;
    },
    stop,
  };
}

function secret(folder: string, name: string, mode: number): string {
  const file = path.join(folder, name);
  if (!existsSync(file)) writeFileSync(file, randomBytes(20).toString('hex'), { mode });
  return readFileSync(file, 'utf8');
}

function nodeId(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return secret(folder, 'node-id', 0o600).slice(0, 12);
}

function writeConfiguration({ folder, settings = [] }: RabbitConfig, amqp: number, management: number): void {
  for (const name of ['mnesia', 'log']) mkdirSync(path.join(folder, name), { recursive: true });
  // Read by Erlang from its home; on the command line everybody could see it.
  secret(folder, '.erlang.cookie', 0o400);
  writeFileSync(path.join(folder, 'enabled_plugins'), '[rabbitmq_management].\n');
  writeFileSync(path.join(folder, 'env.conf'), '');
  const lines = [
    `listeners.tcp.1 = 127.0.0.1:${amqp}`,
    'management.tcp.ip = 127.0.0.1',
    `management.tcp.port = ${management}`,
    'default_user = guest',
    'default_pass = guest',
    'log.file = false',
    'log.console = true',
    'log.console.level = warning',
    'disk_free_limit.absolute = 64MB',
    'vm_memory_high_watermark.absolute = 1GB',
    ...settings,
  ];
  writeFileSync(path.join(folder, 'rabbitmq.conf'), `${lines.join('\n')}\n`);
}

interface Identity {
  readonly node: string;
  readonly amqp: number;
  readonly distribution: number;
  readonly epmdPort: number;
}

/** What the distribution's shell scripts would set; they insist on root's folders and on a user of their own. */
function environment({ installation, folder }: RabbitConfig, { node, amqp, distribution, epmdPort }: Identity): NodeJS.ProcessEnv {
  const { erlang, runtime, home, libraries } = installation;
  const linker = [...libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return {
    PATH: `${runtime}:${process.env.PATH}`,
    HOME: folder,
    LANG: 'C.UTF-8',
    ...(linker === '' ? {} : { LD_LIBRARY_PATH: linker }),
    ROOTDIR: erlang,
    BINDIR: runtime,
    EMU: 'beam',
    PROGNAME: 'erl',
    ERL_EPMD_PORT: String(epmdPort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_LIBS: path.join(home, 'plugins'),
    ERL_MAX_ETS_TABLES: '50000',
    ERL_MAX_PORTS: '65536',
    ERL_CRASH_DUMP: path.join(folder, 'erl_crash.dump'),
    ERL_CRASH_DUMP_BYTES: '0',
    SYS_PREFIX: '',
    RABBITMQ_HOME: home,
    RABBITMQ_SCRIPTS_DIR: path.join(home, 'sbin'),
    RABBITMQ_NODENAME: node,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(amqp),
    RABBITMQ_DIST_PORT: String(distribution),
    RABBITMQ_CONF_ENV_FILE: path.join(folder, 'env.conf'),
    RABBITMQ_CONFIG_FILE: path.join(folder, 'rabbitmq'),
    RABBITMQ_ADVANCED_CONFIG_FILE: path.join(folder, 'advanced'),
    RABBITMQ_ENABLED_PLUGINS_FILE: path.join(folder, 'enabled_plugins'),
    RABBITMQ_PLUGINS_DIR: path.join(home, 'plugins'),
    RABBITMQ_PLUGINS_EXPAND_DIR: path.join(folder, 'plugins-expand'),
    RABBITMQ_MNESIA_BASE: path.join(folder, 'mnesia'),
    RABBITMQ_LOG_BASE: path.join(folder, 'log'),
    RABBITMQ_LOGS: '-',
    RABBITMQ_PID_FILE: path.join(folder, 'pid'),
    RABBITMQ_GENERATED_CONFIG_DIR: path.join(folder, 'config'),
  };
}

/** Two schedulers that sleep when idle: it shares the machine with everything else. */
const erlangArguments = [
  ...['-pa', '', '-noinput', '-s', 'rabbit', 'boot', '-boot', 'start_sasl'],
  ...['+W', 'w', '+MBas', 'ageffcbf', '+MHas', 'ageffcbf', '+MBlmbcs', '512', '+MHlmbcs', '512', '+MMmcs', '30'],
  ...['+P', '1048576', '+t', '5000000', '+stbt', 'db', '+zdbbl', '128000'],
  ...['+sbwt', 'none', '+sbwtdcpu', 'none', '+sbwtdio', 'none', '+S', '2:2', '+B', 'i'],
  ...['-kernel', 'inet_dist_use_interface', '{127,0,0,1}', '-kernel', 'prevent_overlapping_partitions', 'false'],
  ...['-syslog', 'logger', '[]', '-syslog', 'syslog_error_logger', 'false'],
];

function spec(command: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd: string, politeMs: number): GuardSpec {
  return {
    command,
    args,
    env,
    cwd,
    stopSignals: [
      { name: 'SIGTERM', waitMs: politeMs },
      { name: 'SIGKILL', waitMs: 2_000 },
    ],
  };
}
