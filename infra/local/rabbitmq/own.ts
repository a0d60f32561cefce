import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { OwnRabbit } from './choose.ts';

const file = (dataFolder: string) => path.join(dataFolder, 'rabbitmq.json');

/** Leaves word of a running RabbitMQ of this clone; null takes it back. */
export function rememberOwnRabbit(dataFolder: string, rabbit: OwnRabbit | null): void {
  if (rabbit === null) {
    rmSync(file(dataFolder), { force: true });
  } else {
    mkdirSync(dataFolder, { recursive: true });
    writeFileSync(file(dataFolder), `${JSON.stringify(rabbit, null, 2)}\n`, { mode: 0o600 });
  }
}

/** What was left; whether it still runs shows when it is asked. */
export function readOwnRabbit(dataFolder: string): OwnRabbit | null {
  try {
    return JSON.parse(readFileSync(file(dataFolder), 'utf8')) as OwnRabbit;
  } catch {
    // None, or cut off in the middle: then it is not used.
    return null;
  }
}
