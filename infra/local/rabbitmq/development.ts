import path from 'node:path';
import { claimPort, portWasTaken } from '../ports.ts';
import { createChild } from '../process/child.ts';

const readyTimeoutMs = 20_000;

export interface DevelopmentBroker {
  readonly url: string;
  readonly managementUrl: string;
  stop(): Promise<void>;
}

export interface DevelopmentBrokerConfig {
  /** Where to look for free ports first. */
  readonly ports: { readonly amqp: number; readonly management: number };
  readonly logFile: string;
  readonly takenPorts?: Set<number>;
  readonly verbose?: boolean;
  readonly say?: (line: string) => void;
  readonly onPid?: (pid: number | undefined) => void;
}

/** The development broker as a process of its own; started again on the same ports when it dies. */
export async function startDevelopmentBroker(config: DevelopmentBrokerConfig): Promise<DevelopmentBroker> {
  const { logFile, verbose = false, say = () => undefined, onPid, takenPorts = new Set<number>() } = config;
  const script = path.join(import.meta.dirname, '../broker/main.ts');
  for (let triesLeft = 4; ; triesLeft--) {
    const amqp = await claimPort(config.ports.amqp, takenPorts);
    const management = await claimPort(config.ports.management, takenPorts);
    const env = { ...process.env, HOST: '127.0.0.1', AMQP_PORT: String(amqp), AMQP_MANAGEMENT_PORT: String(management) };
    // What it says of itself at its start is on the screen in other words.
    let started = false;
    const sayLater = (line: string) => {
      if (started || verbose) say(line);
    };
    const child = createChild({ name: 'broker', script, env, readyTimeoutMs }, { logFile, verbose, say: sayLater, onPid });
    try {
      await child.start();
      started = true;
      return {
        url: `amqp://guest:guest@127.0.0.1:${amqp}/`,
        managementUrl: `http://guest:guest@127.0.0.1:${management}`,
        stop: child.stop,
      };
    } catch (error) {
      await child.stop();
      if (triesLeft === 0 || !portWasTaken(error)) throw error;
    }
  }
}
