import { Command } from 'commander';
import { gatewayUrl } from '../address.ts';
import { GatewayError } from '../failure.ts';
import { createSessionFile } from '../session/session-file.ts';
import { loginCredential } from '../session/sign-in.ts';

export const tokenCommand = new Command('token')
  .description('prints an access token of the sign-in, good for a minute at least, for scripts')
  .addHelpText('after', '\nFor example: curl -H "Authorization: Bearer $(comptoir token)" http://localhost:4000/api/v1/products')
  .action(async (_options: object, command: Command) => {
    const url = gatewayUrl(command);
    const file = createSessionFile();
    const session = await file.read(url.origin);
    if (session === null) throw new GatewayError(`Nobody is signed in at ${url.origin}`, { hint: 'Sign in first: comptoir login.' });
    console.log(await loginCredential(url, file, session).current());
  });
