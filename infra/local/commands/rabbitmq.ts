import path from 'node:path';
import { policies } from '@comptoir/schema/topology.ts';
import { dataFolder } from '../places.ts';
import { untilStopped } from '../process/until-stopped.ts';
import { unpackedRabbit } from '../rabbitmq/debian-packages.ts';
import { startRabbitInDocker } from '../rabbitmq/docker.ts';
import { installedRabbit } from '../rabbitmq/installation.ts';
import { applyPolicies } from '../rabbitmq/management.ts';
import { rememberOwnRabbit } from '../rabbitmq/own.ts';
import { type RabbitServer, startRabbit } from '../rabbitmq/server.ts';
import { SetupError } from '../setup-error.ts';

const ports = { amqp: 5_672, management: 15_672, distribution: 25_672 };

/** `npm run rabbitmq [-- --docker]`: a real RabbitMQ of this clone's own, in the foreground, which `npm start` then uses. */
export async function run(args: readonly string[]): Promise<number> {
  const data = dataFolder(process.env);
  const logFile = path.join(data, 'logs/rabbitmq.log');
  const say = (line: string) => console.log(line);
  const stopped = untilStopped();
  say('Starting RabbitMQ, this takes about ten seconds…');
  const rabbit = await bringUp(args, path.join(data, 'rabbitmq'), logFile, say);
  try {
    await applyPolicies(rabbit.managementUrl, '/', policies);
    rememberOwnRabbit(data, { url: rabbit.url, managementUrl: rabbit.managementUrl, cluster: rabbit.cluster });
    say(`\nRabbitMQ is ready; npm start in this folder uses it.\n  AMQP_URL=${rabbit.url}\n  AMQP_MANAGEMENT_URL=${rabbit.managementUrl}`);
    say(
      `  Management page: ${rabbit.managementUrl.replace('guest:guest@', '')}/ (guest, guest)\n  Log: ${logFile}\nCtrl-C stops it; what it holds is kept.`,
    );
    const died = rabbit.exited.then(() => 'died' as const);
    if ((await Promise.race([stopped, died])) === 'died') throw new SetupError(`RabbitMQ ended by itself; what it said is in ${logFile}`);
    return 0;
  } finally {
    rememberOwnRabbit(data, null);
    await rabbit.stop();
  }
}

async function bringUp(args: readonly string[], folder: string, logFile: string, say: (line: string) => void): Promise<RabbitServer> {
  if (args.includes('--docker')) return startRabbitInDocker(logFile, ports);
  const installed = installedRabbit();
  if (installed !== undefined) say(`Using the RabbitMQ ${installed.version} of this machine (${installed.home}).`);
  try {
    const installation = installed ?? (await unpackedRabbit(say));
    return await startRabbit({ installation, folder, ports, logFile });
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    throw new SetupError(
      `${error.message}\nOther ways to a RabbitMQ: npm run rabbitmq -- --docker; apt install rabbitmq-server; brew install rabbitmq; or set AMQP_URL. npm start works without one.`,
      { cause: error },
    );
  }
}
