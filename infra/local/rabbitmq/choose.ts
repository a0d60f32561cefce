import { accepts } from '../ports.ts';
import { SetupError } from '../setup-error.ts';
import { type BrokerProbe, probeBroker } from './probe.ts';

export type BrokerChoice =
  /** Of AMQP_URL; of this clone's own `npm run rabbitmq`; on the standard port of this machine. */
  | { readonly kind: 'configured' | 'own' | 'found'; readonly url: string; readonly managementUrl?: string; readonly name: string }
  /** `notUsed` says why what listens on the standard port is not used, where something does. */
  | { readonly kind: 'embedded'; readonly notUsed?: string };

/** What `npm run rabbitmq` leaves for `npm start` to find. */
export interface OwnRabbit {
  readonly url: string;
  readonly managementUrl: string;
  readonly cluster: string;
}

export interface BrokerLook {
  readonly probe: (url: string, timeoutMs: number) => Promise<BrokerProbe>;
  readonly listens: (port: number) => Promise<boolean>;
}

const standardPort = 5672;
const standardManagementPort = 15_672;
const configuredTimeoutMs = 10_000;
const foundTimeoutMs = 1_500;

/** Begins the node names of the RabbitMQ servers that clones of this project start for themselves. */
export const ownNodePrefix = 'comptoir-';

/** Which broker to use. Throws SetupError where the configured one cannot be used: another one would be a surprise. */
export async function chooseBroker(
  env: NodeJS.ProcessEnv,
  own: OwnRabbit | null,
  look: BrokerLook = { probe: probeBroker, listens: accepts },
): Promise<BrokerChoice> {
  if (env.AMQP_URL) {
    const answer = await look.probe(env.AMQP_URL, configuredTimeoutMs);
    if (!answer.usable) {
      throw new SetupError(
        `AMQP_URL is set but cannot be used: ${answer.cause}.\nMend it (amqp://user:password@host:5672/), or unset it to use the development broker.`,
      );
    }
    return { kind: 'configured', url: env.AMQP_URL, managementUrl: env.AMQP_MANAGEMENT_URL, name: `${answer.product} ${answer.version}` };
  }
  // For tests and comparisons: whatever else there is.
  if (env.COMPTOIR_BROKER === 'development') return { kind: 'embedded' };
  if (own !== null) {
    const answer = await look.probe(own.url, foundTimeoutMs);
    if (answer.usable && nodeName(answer.cluster) === nodeName(own.cluster)) {
      return { kind: 'own', url: own.url, managementUrl: own.managementUrl, name: `${answer.product} ${answer.version}` };
    }
  }
  if (!(await look.listens(standardPort))) return { kind: 'embedded' };
  const url = `amqp://guest:guest@127.0.0.1:${standardPort}/`;
  const answer = await look.probe(url, foundTimeoutMs);
  const cause = refusal(answer);
  if (cause !== null) return { kind: 'embedded', notUsed: `Broker on ${standardPort} not used (${cause}); set AMQP_URL to use it` };
  const managed =
    env.AMQP_MANAGEMENT_URL ||
    ((await look.listens(standardManagementPort)) ? `http://guest:guest@127.0.0.1:${standardManagementPort}` : undefined);
  return { kind: 'found', url, managementUrl: managed, name: answer.usable ? `${answer.product} ${answer.version}` : '' };
}

/** Why a broker on the standard port is left alone; null where it can be used. */
function refusal(answer: BrokerProbe): string | null {
  if (!answer.usable) return answer.cause;
  if (answer.product !== 'RabbitMQ') return `it is ${answer.product || 'no RabbitMQ'}`;
  // Two systems on one broker would take each other's tasks.
  if (answer.cluster.startsWith(ownNodePrefix)) return 'another clone of Comptoir runs it';
  return null;
}

/** Without the host: RabbitMQ tells of its machine by a longer name than it was given. */
function nodeName(cluster: string): string {
  return cluster.split('@')[0] ?? cluster;
}
