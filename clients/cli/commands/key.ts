import { Command, InvalidArgumentError } from 'commander';
import colors from 'picocolors';
import { withGateway } from '../address.ts';
import { parseExpiry } from '../expiry.ts';
import { GatewayError } from '../failure.ts';
import { findConsumer } from '../find-consumer.ts';
import { IssueKeyDocument, KeyListDocument, RevokeKeyDocument } from '../generated/operations.ts';
import { keyLines, keyState } from '../key-lines.ts';

const mostListed = 100;

function readExpiry(text: string): string {
  const expiry = parseExpiry(text);
  if ('fault' in expiry) throw new InvalidArgumentError(expiry.fault);
  return expiry.at;
}

const listCommand = new Command('list')
  .description('lists API keys, newest first; those that were revoked only with --all')
  .option('--consumer <consumer>', 'only of this one, by its id or name')
  .option('--all', 'those that were revoked as well')
  .option('--json', 'one JSON object per key')
  .action(async (options: { consumer?: string; all?: boolean; json?: boolean }, command: Command) => {
    await withGateway(command, async (gateway) => {
      const consumerId = options.consumer === undefined ? undefined : (await findConsumer(gateway, options.consumer)).id;
      const { apiKeys } = await gateway.request(KeyListDocument, {
        consumerId,
        revoked: options.all ? undefined : false,
        first: mostListed,
      });
      const lines = options.json ? apiKeys.nodes.map((key) => JSON.stringify(key)) : keyLines(apiKeys.nodes);
      for (const line of lines) console.log(line);
      if (apiKeys.pageInfo.hasNextPage) console.error(colors.dim(`These are the newest ${mostListed}; --consumer shows those of one.`));
      if (lines.length === 0 && !options.json) console.error(colors.dim('There are none: comptoir key issue makes one.'));
    });
  });

interface IssueOptions {
  readonly consumer: string;
  readonly label: string;
  readonly expires?: string;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

const issueCommand = new Command('issue')
  .description('issues a key and shows its secret, this once: comptoir key issue --consumer caisse-lille --label "till 2" --expires 90d')
  .requiredOption('--consumer <consumer>', 'whose it will be, by id or name')
  .option('--label <text>', 'what it is for', '')
  .option('--expires <when>', '12h, 30d, 8w, or a day such as 2027-01-31; never where it is left out', readExpiry)
  .option('--quiet', 'the secret alone: KEY=$(comptoir key issue --consumer caisse-lille --quiet)')
  .option('--json', 'as one JSON object')
  .action(async (options: IssueOptions, command: Command) => {
    await withGateway(command, async (gateway) => {
      const { id: consumerId } = await findConsumer(gateway, options.consumer);
      const { label, expires: expiresAt } = options;
      const { issueApiKey: answer } = await gateway.request(IssueKeyDocument, { input: { consumerId, label, expiresAt } });
      if (answer.__typename !== 'ApiKeyIssued') throw new GatewayError(answer.message);
      const { apiKey, secret } = answer;
      if (options.quiet) return console.log(secret);
      if (options.json) return console.log(JSON.stringify({ ...apiKey, secret }));
      console.log(`${colors.green('✓')} Key ${apiKey.id} for ${apiKey.consumer.name}, ${keyState(apiKey)}`);
      console.log(`\n  ${colors.bold(secret)}\n`);
      console.log(colors.dim('It is kept nowhere and not shown again. Send it as X-API-Key.'));
    });
  });

const revokeCommand = new Command('revoke')
  .description('makes a key invalid for good')
  .argument('<id>', 'its id, as comptoir key list shows it')
  .action(async (id: string, _options: object, command: Command) => {
    await withGateway(command, async (gateway) => {
      const { revokeApiKey: answer } = await gateway.request(RevokeKeyDocument, { id });
      if (answer.__typename !== 'ApiKeyRevoked')
        throw new GatewayError(answer.message, { hint: 'comptoir key list --all shows the keys.' });
      const { consumer, prefix, lastFour } = answer.apiKey;
      console.log(`${colors.green('✓')} Key ${id} of ${consumer.name} (${prefix}…${lastFour}) is revoked`);
    });
  });

export const keyCommand = new Command('key').description('API keys: list, issue, revoke');
for (const command of [listCommand, issueCommand, revokeCommand]) keyCommand.addCommand(command);
