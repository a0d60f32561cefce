import { Command, InvalidArgumentError, Option } from 'commander';
import colors from 'picocolors';
import { withGateway } from '../address.ts';
import { callerLine } from '../caller-line.ts';
import { GatewayError } from '../failure.ts';
import { type ConsumerFactsFragment, ConsumerListDocument, CreateConsumerDocument, type Role, type Tier } from '../generated/operations.ts';

const roles: readonly Role[] = ['ADMIN', 'MANAGER', 'CLERK', 'WAREHOUSE', 'ANALYST', 'DEVICE', 'INTEGRATION'];

function readRole(text: string, before: readonly Role[] = []): Role[] {
  const role = roles.find((each) => each === text.toUpperCase());
  if (!role) throw new InvalidArgumentError(`It is to be one of ${roles.join(', ')}.`);
  return [...before, role];
}

function readPlace(text: string, before: readonly string[] = []): string[] {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new InvalidArgumentError('It is to be a whole number, such as 1.');
  return [...before, text];
}

function readRequests(text: string): number {
  if (!/^[1-9]\d{0,7}$/.test(text)) throw new InvalidArgumentError('It is to be a whole number above zero.');
  return Number(text);
}

const consumerLine = (consumer: ConsumerFactsFragment) => {
  const about = [consumer.tier, consumer.demo && 'demo'].filter(Boolean).join(' · ');
  return `${callerLine(consumer)}${colors.dim(about && ` · ${about}`)}`;
};

const listCommand = new Command('list')
  .description('lists who has API keys, by name')
  .option('--json', 'one JSON object per consumer')
  .action(async (options: { json?: boolean }, command: Command) => {
    await withGateway(command, async (gateway) => {
      const { consumers } = await gateway.request(ConsumerListDocument, {});
      for (const consumer of consumers) console.log(options.json ? JSON.stringify(consumer) : consumerLine(consumer));
    });
  });

interface CreateOptions {
  readonly name: string;
  readonly role: Role[];
  readonly tier: string;
  readonly store?: string[];
  readonly perMinute?: number;
  readonly perHour?: number;
  readonly json?: boolean;
}

const createCommand = new Command('create')
  .description('creates a consumer, which then needs a key: comptoir consumer create --name caisse-lille --role CLERK --store 1')
  .requiredOption('--name <name>', 'its name, unlike all others')
  .requiredOption('--role <role>', `what it may do: ${roles.join(', ')}; may be given several times`, readRole)
  .addOption(
    new Option('--tier <tier>', 'what its limits follow from').choices(['demo', 'standard', 'partner', 'internal']).default('standard'),
  )
  .option('--per-minute <requests>', 'a limit of its own', readRequests)
  .option('--per-hour <requests>', 'a limit of its own', readRequests)
  .option('--store <id>', 'a place it may act in, instead of everywhere; may be given several times', readPlace)
  .option('--json', 'as one JSON object')
  .action(async ({ name, role, tier, perMinute, perHour, store, json }: CreateOptions, command: Command) => {
    await withGateway(command, async (gateway) => {
      const input = { name, roles: role, tier: tier.toUpperCase() as Tier, perMinute, perHour, stores: store };
      const { createConsumer: answer } = await gateway.request(CreateConsumerDocument, { input });
      if (answer.__typename !== 'ConsumerCreated')
        throw new GatewayError(answer.message, { hint: 'comptoir consumer list shows them all.' });
      if (json) return console.log(JSON.stringify(answer.consumer));
      console.log(`${colors.green('✓')} ${consumerLine(answer.consumer)}`);
      console.log(colors.dim(`  Its first key: comptoir key issue --consumer ${answer.consumer.id}`));
    });
  });

export const consumerCommand = new Command('consumer').description('programs that have API keys: list, create');
for (const command of [listCommand, createCommand]) consumerCommand.addCommand(command);
