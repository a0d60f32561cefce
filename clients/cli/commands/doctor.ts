import { Command } from 'commander';
import colors from 'picocolors';
import { gatewayAddress, parseUrl } from '../address.ts';
import { examine, type Finding } from '../examination.ts';

const marks = { ok: colors.green('✓'), warning: colors.yellow('!'), fault: colors.red('✗') };

export const doctorCommand = new Command('doctor')
  .description('tests every connection and says what to do')
  .option('--json', 'the findings as JSON')
  .action(async (options: { json?: boolean }, command: Command) => {
    parseUrl(command.optsWithGlobals<{ url: string }>().url);
    const findings: Finding[] = [];
    for await (const finding of examine(await gatewayAddress(command))) {
      findings.push(finding);
      if (options.json) continue;
      console.log(`${marks[finding.state]} ${finding.subject.padEnd(20)} ${finding.says}`);
      if (finding.remedy) console.log(`  ${' '.repeat(20)} ${colors.dim(`→ ${finding.remedy}`)}`);
    }
    if (options.json) console.log(JSON.stringify(findings, null, 2));
    if (findings.some(({ state }) => state === 'fault')) process.exitCode = 1;
  });
