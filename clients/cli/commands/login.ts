import { Command } from 'commander';
import colors from 'picocolors';
import { gatewayUrl } from '../address.ts';
import { callerLine } from '../caller-line.ts';
import { askPerson } from '../session/ask-person.ts';
import { createSessionFile } from '../session/session-file.ts';
import { signIn } from '../session/sign-in.ts';

export const loginCommand = new Command('login')
  .description('signs a member of staff in; the commands that follow act in that name: comptoir login gerante')
  .argument('[login]', 'what you sign in with; asked for where it is left out')
  .addHelpText(
    'after',
    `
The password is asked for, or taken from COMPTOIR_PASSWORD.
The tokens are kept in a file that nobody else can read, and renewed by the commands that use them.
A key in COMPTOIR_API_KEY or --key goes before the login.`,
  )
  .action(async (given: string | undefined, _options: object, command: Command) => {
    const url = gatewayUrl(command);
    const login = given ?? (await askPerson({ text: 'Login: ', otherwise: 'login: say who signs in, such as comptoir login gerante' }));
    const otherwise = 'COMPTOIR_PASSWORD: give the password there, since there is no terminal at which to ask for it';
    const password = process.env.COMPTOIR_PASSWORD || (await askPerson({ text: `Password of ${login}: `, secret: true, otherwise }));
    const caller = await signIn(url, createSessionFile(), login.trim(), password);
    console.log(`${colors.green('✓')} ${callerLine(caller)}`);
    const { key } = command.optsWithGlobals<{ key?: string }>();
    if (key) console.error(`${colors.yellow('!')} COMPTOIR_API_KEY or --key goes before the login as long as it is set`);
  });
