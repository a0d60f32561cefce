import type { Command } from 'commander';
import colors from 'picocolors';

const badInput = 2;

/** All commands tell bad input in one way: what is wrong and where the right way is described; exit code 2. */
export function tellUsage(command: Command, path = command.name()): void {
  command
    .configureOutput({ outputError: (text, write) => write(`${colors.red('✗')} ${text.replace(/^error: /, '')}`) })
    .showHelpAfterError(colors.dim(`  ${path} --help shows how it is written.`))
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : badInput));
  for (const part of command.commands) tellUsage(part, `${path} ${part.name()}`);
}
