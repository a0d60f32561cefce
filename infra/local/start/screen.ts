import { demoStaff } from '@comptoir/accounts/domain/demo-staff.ts';
import colors from 'picocolors';

export interface ScreenInput {
  /** e.g. http://localhost:4000 */
  readonly url: string;
  /** The port that was asked for and is taken, where that is so. */
  readonly takenPort?: number | undefined;
  readonly managementPage?: string | undefined;
  readonly demo: boolean;
  /** There is no explorer then. */
  readonly production: boolean;
  readonly database: readonly string[];
  readonly broker: readonly string[];
  readonly cache: readonly string[];
  readonly processes: readonly string[];
  readonly logFolder: string;
  readonly seconds: number;
}

/** What `npm start` shows when everything runs; its last line is what programs wait for. */
export function renderScreen(input: ScreenInput): string {
  const { url } = input;
  const blocks: [string, readonly string[]][] = [
    ['Web client', [`${url}/`]],
    ['GraphQL', [`${url}/graphql`, ...(input.production ? [] : [`${url}/explorer (with subscriptions)`])]],
    ['REST', [`${url}/docs`]],
    ...(input.managementPage === undefined ? [] : [['RabbitMQ', [input.managementPage]] as [string, string[]]]),
    ...(input.demo
      ? [['Demo keys', demoKeys] as [string, readonly string[]], ['Demo staff', staffLines] as [string, readonly string[]]]
      : []),
    ['Database', input.database],
    ['Broker', input.broker],
    ['Cache', input.cache],
    ['Processes', [input.processes.join(', '), `logs in ${input.logFolder}, or here with npm start -- --verbose`]],
  ];
  const taken =
    input.takenPort === undefined
      ? []
      : [colors.yellow(`  Port ${input.takenPort} is taken by another program, so this is the next free one.`), ''];
  return [
    '',
    ...taken,
    ...blocks.flatMap(([title, lines]) => lines.map((line, index) => `  ${colors.bold((index === 0 ? title : '').padEnd(12))}${line}`)),
    '',
    `  Started in ${input.seconds.toFixed(1)} s. Ctrl-C stops everything; the data is kept.`,
    '',
    `Comptoir is ready: ${url}`,
  ].join('\n');
}

const staffLines = [
  ...demoStaff.map(({ login, password, role, pin }) => `${login.padEnd(10)}${password}  ${role}${pin === null ? '' : `, PIN ${pin}`}`),
  'sign in by the mutation login',
];

const demoKeys = [
  'admin-key-12345     everything',
  'frontend-key-67890  what the web client does',
  'secret_key_123      the REST clients',
  'sent as X-API-Key; npx comptoir takes one by itself, the web client offers one',
];
