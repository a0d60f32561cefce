import { Command } from 'commander';
import colors from 'picocolors';
import { gatewayUrl } from '../address.ts';
import { createSessionFile } from '../session/session-file.ts';
import { signOut } from '../session/sign-in.ts';

export const logoutCommand = new Command('logout')
  .description('ends the sign-in and forgets its tokens')
  .action(async (_options: object, command: Command) => {
    const url = gatewayUrl(command);
    const login = await signOut(url, createSessionFile());
    if (login === null) console.error(colors.dim(`Nobody is signed in at ${url.origin}.`));
    else console.log(`${colors.green('✓')} ${login} is signed out of ${url.origin}`);
  });
