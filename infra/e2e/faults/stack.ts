import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { root } from '@comptoir/local/places.ts';
import { type Principal, principalHeader, signPrincipal } from '@comptoir/platform/principal.ts';
import { createTestBroker, type TestBroker } from '@comptoir/platform/testing/broker.ts';
import { createTestDatabase, type TestDatabase } from '@comptoir/platform/testing/database.ts';
import { inject, onTestFailed } from 'vitest';
import { ownPort } from '../own-port.ts';
import { createResources } from '../resources.ts';
import { bundledScriptOf, bundleParts } from './bundle.ts';
import type { SourceChange } from './changes/source-change.ts';
import { faultsSeed } from './chaos.ts';
import { openDatabases, type Sql } from './databases.ts';
import { type Ending, type PartProcess, startPart } from './part.ts';
import { defaultParts, portVariableOfPart, serviceOf } from './parts.ts';
import { settle } from './settle.ts';
import { createWorld, type World } from './world.ts';

export interface StackOptions {
  /** Instances of one service have numbers: inventory_2. By default one of each, and two orchestrators. */
  readonly parts?: readonly string[];
  /** By default a virtual host of the test's own on the test broker. */
  readonly broker?: { readonly url: string; readonly managementUrl?: string };
  /** By default databases of the test's own on the test server. */
  readonly database?: { readonly url: string; readonly prefix: string };
  /** By part, for its first start and every later one; FAILPOINT not for those of keepAlive. */
  readonly env?: Readonly<Record<string, NodeJS.ProcessEnv>>;
  readonly everyEnv?: NodeJS.ProcessEnv;
  /** Milliseconds of the definitions' timeouts times this; 0.2 by default: a step is given up after 12 s. */
  readonly timeScale?: number;
  /** Of the sources of all parts: changes/. */
  readonly changes?: readonly SourceChange[];
  /** What is run for a part. By default the parts in a few files, with the changes; `scriptOf` of parts.ts runs their sources as they are. */
  readonly scriptOf?: (part: string) => string;
}

// biome-ignore lint/suspicious/noExplicitAny: the tests know what they asked for
export type Data = any;

export interface GraphAnswer {
  readonly data?: Data;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

/** The orders system without gateway and workers: each part a process under the test's control. */
export interface Stack extends AsyncDisposable, World {
  readonly parts: readonly string[];
  readonly sql: Sql;
  /** Null where the test brought one of its own. */
  readonly broker: TestBroker | null;
  readonly server: TestDatabase | null;
  /** Where the parts' logs are. */
  readonly logFolder: string;
  /** Names what a failure can be looked into with: seed and logs. */
  readonly trail: string;
  /** Asks one part, or any live instance of a service, as an administrator. Rejects where it cannot be reached. */
  graph(part: string, query: string, variables?: object, options?: { timeoutMs?: number }): Promise<GraphAnswer>;
  /** Starts a part that does not run, and waits until it is ready. */
  start(part: string, env?: NodeJS.ProcessEnv): Promise<void>;
  /** Ends a part, at work or still starting; SIGKILL by default. Resolves when it is gone; false where it did not run. */
  kill(part: string, signal?: NodeJS.Signals): Promise<boolean>;
  /** Resolves with how the process that runs now, or ran last, ended. */
  exited(part: string): Promise<Ending>;
  isRunning(part: string): boolean;
  pid(part: string): number;
  /** From now on starts again whatever dies, at once, without FAILPOINT; what is dead already, too. */
  keepAlive(): Disposable;
  /** How often parts were started by keepAlive. */
  readonly restarts: number;
  /** Until all is over and told: see settle.ts. @throws Error with what is still open. */
  settle(boundMs: number): Promise<void>;
}

const secret = 'a secret of the fault tests';
const admin: Principal = { consumerId: 'demo-admin', name: 'Ada', roles: ['ADMIN'], stores: null };
const logs = path.join(root, '.data/logs/faults');
const keptLogs = 30;

/** @throws Error with the end of a part's log where it does not start. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const { parts = defaultParts, timeScale = 0.2 } = options;
  const resources = createResources();
  try {
    const server = options.database ? null : resources.use(await createTestDatabase());
    const database = options.database ?? (server as TestDatabase);
    const broker = options.broker ? null : resources.use(await createTestBroker());
    const { url: amqpUrl, managementUrl = '' } = options.broker ?? (broker as TestBroker);
    const { sql } = resources.use(openDatabases(database));
    const changed = options.changes && resources.use(await bundleParts(parts, options.changes));
    const bundleFolder = changed?.folder ?? inject('bundledParts');
    const scriptOf = options.scriptOf ?? bundledScriptOf(bundleFolder);
    const logFolder = createLogFolder(database.prefix);
    const trail = `seed ${faultsSeed} (FAULTS_SEED), logs in ${logFolder}`;
    tellOfFailure(trail);

    const ports = new Map<string, number>();
    for (const part of parts) ports.set(part, await ownPort());
    const processes = new Map<string, PartProcess>();
    const keepers = new Set<object>();
    let restarts = 0;
    let disposed = false;

    const everyEnv: NodeJS.ProcessEnv = {
      PATH: process.env.PATH,
      NODE_OPTIONS: process.env.NODE_OPTIONS,
      NODE_COMPILE_CACHE: path.join(bundleFolder, 'compiled'),
      NODE_ENV: 'test',
      LOG_FORMAT: 'json',
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'info',
      HOST: '127.0.0.1',
      DATABASE_URL: database.url,
      DATABASE_PREFIX: database.prefix,
      AMQP_URL: amqpUrl,
      AMQP_MANAGEMENT_URL: managementUrl,
      PAYMENT_PROVIDER_URL: `http://127.0.0.1:${ports.get('payment-provider') ?? 9}`,
      SAGAS_TIME_SCALE: String(timeScale),
      GATEWAY_SECRET: secret,
      ...options.everyEnv,
    };

    function launch(part: string, env: NodeJS.ProcessEnv): PartProcess {
      const own = { ...everyEnv, [portVariableOfPart(part)]: String(ports.get(part)), ...options.env?.[part], ...env };
      const launched = startPart(scriptOf(part), own, path.join(logFolder, `${part}.log`));
      processes.set(part, launched);
      void launched.ended.then(() => {
        if (processes.get(part) === launched) revive(part);
      });
      return launched;
    }

    function revive(part: string): void {
      if (keepers.size === 0 || disposed) return;
      restarts += 1;
      launch(part, { FAILPOINT: undefined });
    }

    const isRunning = (part: string) => processes.get(part)?.hasEnded() === false;
    const processOf = (part: string) => {
      const found = processes.get(part);
      if (!found) throw new Error(`${part} is no part of this stack: ${parts.join(', ')}`);
      return found;
    };

    async function start(part: string, env: NodeJS.ProcessEnv = {}): Promise<void> {
      await (isRunning(part) ? processOf(part) : launch(part, env)).ready;
    }

    async function kill(part: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<boolean> {
      const { child, ended, hasEnded } = processOf(part);
      if (hasEnded()) return false;
      child.kill(signal);
      await ended;
      return true;
    }

    async function graph(part: string, query: string, variables: object = {}, { timeoutMs = 20_000 } = {}): Promise<GraphAnswer> {
      const candidates = ports.has(part) ? [part] : parts.filter((each) => serviceOf(each) === part && isRunning(each));
      const chosen = candidates[Math.floor(Math.random() * candidates.length)];
      if (!chosen) throw new Error(`no instance of ${part} runs`);
      const response = await fetch(`http://127.0.0.1:${ports.get(chosen)}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', [principalHeader]: signPrincipal(admin, secret) },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      return (await response.json()) as GraphAnswer;
    }

    resources.defer(async () => {
      disposed = true;
      await Promise.all([...processes.keys()].map((part) => kill(part)));
    });
    await Promise.all(parts.map((part) => start(part)));

    return {
      parts,
      sql,
      broker,
      server,
      logFolder,
      trail,
      graph,
      start,
      kill,
      isRunning,
      exited: (part) => processOf(part).ended,
      pid: (part) => processOf(part).child.pid ?? 0,
      keepAlive() {
        const keeper = {};
        keepers.add(keeper);
        for (const part of parts) if (!isRunning(part)) revive(part);
        return { [Symbol.dispose]: () => void keepers.delete(keeper) };
      },
      get restarts() {
        return restarts;
      },
      settle: (boundMs) => settle({ sql, parts, trail }, boundMs),
      ...createWorld({ sql, parts, graph }),
      [Symbol.asyncDispose]: () => resources[Symbol.asyncDispose](),
    };
  } catch (error) {
    await resources[Symbol.asyncDispose]();
    throw error;
  }
}

/** The newest few are kept: those of a failure are there when somebody comes to look. */
function createLogFolder(prefix: string): string {
  const folder = path.join(logs, prefix.replaceAll('_', ''));
  mkdirSync(folder, { recursive: true });
  const folders = readdirSync(logs).map((name) => path.join(logs, name));
  const byAge = folders.map((each) => ({ each, at: statSync(each).mtimeMs })).sort((left, right) => right.at - left.at);
  for (const { each } of byAge.slice(keptLogs)) rmSync(each, { recursive: true, force: true });
  return folder;
}

/** Once the test that the stack was started in has failed; one started in a hook tells by its own messages only. */
function tellOfFailure(trail: string): void {
  try {
    onTestFailed(() => console.error(`To look into it: ${trail}`));
  } catch {
    // There is no test.
  }
}
