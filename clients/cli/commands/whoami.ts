import { Command } from 'commander';
import colors from 'picocolors';
import { withGateway } from '../address.ts';
import { callerLine } from '../caller-line.ts';
import { WhoAmIDocument } from '../generated/operations.ts';

const means = {
  key: 'by the key of --key or COMPTOIR_API_KEY',
  demo: 'by the key that the demo system lends',
  login: 'signed in',
  none: 'without a key',
};

export const whoamiCommand = new Command('whoami')
  .description('tells as whom the commands act, and by what')
  .option('--json', 'as one JSON object')
  .action(async (options: { json?: boolean }, command: Command) => {
    await withGateway(command, async (gateway, { url, credential }) => {
      const { me } = await gateway.request(WhoAmIDocument, {});
      if (options.json) return console.log(JSON.stringify({ gateway: url.origin, by: credential.kind, consumer: me }));
      console.log(me === null ? `${url.origin} runs without authentication` : callerLine(me));
      if (me !== null) console.log(colors.dim(`${means[credential.kind]} at ${url.origin}`));
    });
  });
