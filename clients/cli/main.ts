import { Command } from 'commander';
import { autoCommand } from './commands/auto.ts';
import { batchCommand } from './commands/batch.ts';
import { calcCommand } from './commands/calc.ts';
import { consumerCommand } from './commands/consumer.ts';
import { doctorCommand } from './commands/doctor.ts';
import { interactiveCommand } from './commands/interactive.ts';
import { keyCommand } from './commands/key.ts';
import { loginCommand } from './commands/login.ts';
import { logoutCommand } from './commands/logout.ts';
import { orderCommand } from './commands/order.ts';
import { sagaCommand } from './commands/saga.ts';
import { tokenCommand } from './commands/token.ts';
import { watchCommand } from './commands/watch.ts';
import { whoamiCommand } from './commands/whoami.ts';
import { reportFailure } from './failure.ts';
import { tellUsage } from './usage.ts';

const program = new Command('comptoir')
  .description('The command line of Comptoir: calculations, orders, sagas, live; accounts and keys.')
  .option('--url <address>', 'the gateway (COMPTOIR_URL)', process.env.COMPTOIR_URL ?? 'http://localhost:4000')
  .option(
    '--key <key>',
    'your API key (COMPTOIR_API_KEY); without one your login counts, and a demo system lends a key',
    process.env.COMPTOIR_API_KEY || undefined,
  )
  .configureHelp({ sortSubcommands: true });

const commands = [
  ...[calcCommand, batchCommand, autoCommand, watchCommand, orderCommand, sagaCommand, doctorCommand, interactiveCommand],
  ...[loginCommand, logoutCommand, whoamiCommand, tokenCommand, keyCommand, consumerCommand],
];
for (const command of commands) program.addCommand(command);
tellUsage(program);

// Without a command a person at a terminal gets the calculator.
const given = process.argv.slice(2);
const argv = given.length === 0 && process.stdin.isTTY ? [...process.argv, 'interactive'] : process.argv;

process.once('disconnect', () => process.exit());
try {
  await program.parseAsync(argv);
} catch (error) {
  process.exitCode = reportFailure(error);
}
