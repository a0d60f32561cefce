import path from 'node:path';
import { removeLeftovers } from '../leftovers.ts';
import { dataFolder } from '../places.ts';
import { portWasTaken } from '../ports.ts';
import { type Child, type ChildSpec, createChild, spawnEarly } from '../process/child.ts';
import { untilStopped } from '../process/until-stopped.ts';
import { claimInstance } from '../start/instance.ts';
import { parseStartOptions } from '../start/options.ts';
import { modulesOfProcesses, planProcesses, workerCount } from '../start/plan.ts';
import { renderScreen } from '../start/screen.ts';
import { gatewaySecret } from '../start/secret.ts';
import { bringUpBroker, bringUpDatabase, claimServicePorts, findRedis, type Server, type ServicePorts } from '../start/servers.ts';
import { ensureWebBuild } from '../start/web-build.ts';

/** `npm start`: the whole system until it is stopped. */
export async function run(args: readonly string[]): Promise<number> {
  const { env } = process;
  const options = parseStartOptions(args, env);
  const folder = dataFolder(env);
  const logFolder = path.join(folder, 'logs');
  const say = (line: string) => console.log(line);
  const stopped = untilStopped();
  const instance = await claimInstance(folder);
  removeLeftovers();
  const servers: Server[] = [];
  const children: Child[] = [];

  const early = new Map(modulesOfProcesses(options.split).map(({ name, modules }) => [name, spawnEarly(modules)]));

  async function bringUp(): Promise<void> {
    const takenPorts = new Set<number>();
    const deps = { env, dataFolder: folder, takenPorts, verbose: options.verbose, say, instance };
    const keep = <S extends Server>(server: S): S => {
      servers.push(server);
      return server;
    };
    const [database, broker, redis] = await all([
      bringUpDatabase(deps).then(keep),
      bringUpBroker(deps).then(keep),
      findRedis(env),
      ensureWebBuild(say),
    ]);
    const addresses = { databaseUrl: database.url, amqpUrl: broker.url, managementUrl: broker.managementUrl, redisUrl: redis.url };
    const secret = gatewaySecret(folder);
    const launch = (spec: ChildSpec) => {
      const onPid = (pid: number | undefined) => instance.setProcess(spec.name, pid);
      const child = createChild(spec, {
        logFile: path.join(logFolder, `${spec.name}.log`),
        verbose: options.verbose,
        say,
        early: early.get(spec.name),
        onPid,
      });
      early.delete(spec.name);
      children.push(child);
      return child.start();
    };
    const ports = await onFreePorts(takenPorts, async (claimed) => {
      const plan = planProcesses({ ...options, ...addresses, env, secret, ports: claimed });
      await Promise.all([...plan.services, ...plan.workers].map(launch));
      if (plan.producer !== undefined) await launch(plan.producer);
    });
    const url = `http://localhost:${ports.gateway}`;
    instance.answersAt(url);
    say(
      renderScreen({
        url,
        takenPort: ports.gateway === options.port ? undefined : options.port,
        managementPage: broker.managementPage,
        demo: options.demo,
        production: env.NODE_ENV === 'production',
        database: database.description,
        broker: broker.description,
        cache: redis.description,
        processes: children.map(({ name }) => name),
        logFolder: path.relative(process.cwd(), logFolder),
        seconds: process.uptime(),
      }),
    );
  }

  /** Between the look for free ports and their use another program may take one; then the next ones are tried. */
  async function onFreePorts(takenPorts: Set<number>, work: (ports: ServicePorts) => Promise<void>): Promise<ServicePorts> {
    for (let triesLeft = 4; ; triesLeft--) {
      const ports = await claimServicePorts({ gateway: options.port, host: options.host, workerCount, env }, takenPorts);
      try {
        await work(ports);
        return ports;
      } catch (error) {
        if (triesLeft === 0 || !portWasTaken(error)) throw error;
        await Promise.all(children.splice(0).map((child) => child.stop()));
      }
    }
  }

  /** What asks first, what is asked last: PostgreSQL ends when nobody needs it any more. */
  async function takeDown(): Promise<void> {
    instance.ending();
    // Those that were never told what to be.
    for (const child of early.values()) child.disconnect();
    await Promise.all(children.map((child) => child.stop()));
    for (const server of servers.reverse()) await server.stop();
    instance.release();
  }

  try {
    const signal = await Promise.race([bringUp().then(() => stopped), stopped]);
    say(`\nStopping (${signal})…`);
    return 0;
  } finally {
    await takeDown();
    say('Stopped.');
    // What was still being brought up when the wish to stop came ends with this process.
    setImmediate(() => process.exit());
  }
}

/** All of them, or the first failure once every one has come to its end, so that nothing is left half begun. */
async function all<T extends readonly Promise<unknown>[]>(work: readonly [...T]): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const results = await Promise.allSettled(work);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return results.map((result) => (result as PromiseFulfilledResult<unknown>).value) as { -readonly [K in keyof T]: Awaited<T[K]> };
}
